using Microsoft.AspNetCore.WebUtilities;
using Rasp.Data.Plans;
using Rasp.Readiness.Instruments;

namespace Rasp.Plans;

/// <summary>How a plan is laid out.</summary>
public enum PlanLayout
{
    ByState,
    ByDue,
    List,
}

/// <summary>Which actions to look at, and how. It stands in the address; what is unknown there filters nothing.</summary>
public sealed record PlanFilter
{
    public const string LayoutField = "view";
    public const string StateField = "state";
    public const string OwnerField = "owner";
    public const string AreaField = "area";
    public const string PersonField = "person";
    public const string OverdueField = "overdue";

    public PlanLayout Layout { get; init; }

    public ActionState? State { get; init; }

    public Guid? Owner { get; private init; }

    public Area? Area { get; private init; }

    /// <summary>As they are called in the plan.</summary>
    public string? Person { get; private init; }

    public bool IsOverdue { get; init; }

    public bool IsSet => State is not null || Owner is not null || Area is not null || Person is not null || IsOverdue;

    public static PlanFilter Of(SeenPlan plan, IQueryCollection query)
    {
        var (area, person) = ($"{query[AreaField]}", $"{query[PersonField]}");
        return new()
        {
            Layout = $"{query[LayoutField]}" switch { "due" => PlanLayout.ByDue, "list" => PlanLayout.List, _ => PlanLayout.ByState },
            State = PlanWords.Read(query[StateField]),
            Owner = Guid.TryParseExact(query[OwnerField], "N", out var owner) && plan.Partners.Any(p => p.Id == owner) ? owner : null,
            Area = plan.Instrument.Areas.FirstOrDefault(a => a.Key == area),
            Person = People(plan).FirstOrDefault(p => p == person),
            IsOverdue = query[OverdueField] == "yes",
        };
    }

    /// <summary>Those whom somebody has named, by name.</summary>
    public static IReadOnlyList<string> People(SeenPlan plan) => [.. plan.Actions.Select(a => a.Person).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.OrdinalIgnoreCase)];

    public static string Word(PlanLayout layout) => layout switch { PlanLayout.ByState => "state", PlanLayout.ByDue => "due", PlanLayout.List => "list" };

    public bool Matches(SeenAction action) =>
        (State is null || action.State == State)
        && (Owner is null || action.Owners.Any(o => o.Organisation == Owner))
        && (Area is null || action.Area == Area.Key)
        && (Person is null || action.Person == Person)
        && (!IsOverdue || action.IsOverdue);

    /// <summary>An address with this filter.</summary>
    public string On(string path, params IEnumerable<KeyValuePair<string, string?>> others) => QueryHelpers.AddQueryString(path, Parts().Concat(others));

    private IEnumerable<KeyValuePair<string, string?>> Parts()
    {
        if (Layout != PlanLayout.ByState) yield return new(LayoutField, Word(Layout));
        if (State is { } state) yield return new(StateField, state.Word());
        if (Owner is { } owner) yield return new(OwnerField, owner.ToString("N"));
        if (Area is not null) yield return new(AreaField, Area.Key);
        if (Person is not null) yield return new(PersonField, Person);
        if (IsOverdue) yield return new(OverdueField, "yes");
    }
}
