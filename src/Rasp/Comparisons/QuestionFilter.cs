using Microsoft.AspNetCore.WebUtilities;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;

namespace Rasp.Comparisons;

/// <summary>Which compared questions to look at. It stands in the address; what is unknown there filters nothing.</summary>
public sealed record QuestionFilter
{
    public const string InField = "in";
    public const string CategoryField = "category";
    public const string RoleField = "role";

    public static readonly IReadOnlyList<Category> Categories = Enum.GetValues<Category>();

    /// <summary>Lets every question through.</summary>
    public static QuestionFilter None { get; } = new();

    public Area? Area { get; private init; }

    /// <summary>Of <see cref="Area"/>; null where the whole area is looked at.</summary>
    public Theme? Theme { get; private init; }

    public Category? Category { get; private init; }

    public Role? Role { get; private init; }

    public bool IsSet => Area is not null || Category is not null || Role is not null;

    /// <summary>Area and theme as the form sends them: <c>area</c> or <c>area.theme</c>.</summary>
    public string In => Theme is not null ? $"{Area!.Key}.{Theme.Key}" : Area?.Key ?? "";

    public static QuestionFilter Of(Instrument instrument, IQueryCollection query)
    {
        var (within, category, role) = ($"{query[InField]}".Split('.', 2), $"{query[CategoryField]}", $"{query[RoleField]}");
        var area = instrument.Areas.FirstOrDefault(a => a.Key == within[0]);
        return new()
        {
            Area = area,
            Theme = within.Length == 2 ? area?.Themes.FirstOrDefault(t => t.Key == within[1]) : null,
            Category = Categories.Where(c => c.Word() == category).Select(c => (Category?)c).FirstOrDefault(),
            Role = instrument.Roles.FirstOrDefault(r => r.Key == role),
        };
    }

    public QuestionFilter With(Category category) => this with { Category = category };

    public QuestionFilter InAnyCategory() => this with { Category = null };

    /// <summary>“We differ”, in Governance, known to finance.</summary>
    public string InWords()
    {
        var parts = new List<string>();
        if (Category is { } category) parts.Add($"“{Because.Heading(category)}”");
        if (Area is not null) parts.Add($"in {(Theme is null ? Area.Name : $"{Area.Name}, {Theme.Name}")}");
        if (Role is not null) parts.Add($"for the role “{Role.Name}”");
        return string.Join(", ", parts);
    }

    public bool Matches(ComparedQuestion one) =>
        (Area is null || one.Question.Area == Area.Key)
        && (Theme is null || one.Question.Theme == Theme.Key)
        && (Category is null || one.Category == Category)
        && (Role is null || one.Question.Roles.Count == 0 || one.Question.Roles.Contains(Role.Key, StringComparer.Ordinal));

    /// <summary>An address with this filter, and with whatever else.</summary>
    public string On(string path, params IEnumerable<KeyValuePair<string, string?>> others) => QueryHelpers.AddQueryString(path, Parts().Concat(others));

    private IEnumerable<KeyValuePair<string, string?>> Parts()
    {
        if (Area is not null) yield return new(InField, In);
        if (Category is { } category) yield return new(CategoryField, category.Word());
        if (Role is not null) yield return new(RoleField, Role.Key);
    }
}
