using Rasp.Readiness.Instruments;

namespace Rasp.Data.Teams;

/// <summary>Which questions somebody is asked, as it is stored: keys of areas and of themes (area.theme), with spaces between.</summary>
public static class Scopes
{
    /// <summary>Whether a question is in it.</summary>
    public static Func<Question, bool> Contains(string scope)
    {
        var keys = Keys(scope);
        return q => keys.Contains(q.Area) || keys.Contains($"{q.Area}.{q.Theme}");
    }

    /// <summary>Its keys.</summary>
    public static HashSet<string> Keys(string scope) => scope.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);

    /// <summary>The themes that a role is proposed at a stage: those with a question that this role can know.</summary>
    public static IReadOnlyList<string> ProposedFor(Instrument instrument, string stage, string role) =>
        [.. instrument.InScope(stage).Where(q => q.Roles.Count == 0 || q.Roles.Contains(role)).Select(q => $"{q.Area}.{q.Theme}").Distinct(StringComparer.Ordinal)];
}
