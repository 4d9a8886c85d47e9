using Microsoft.AspNetCore.Mvc.ModelBinding;
using Rasp.Assessments;
using Rasp.Data.Teams;
using Rasp.Readiness.Instruments;

namespace Rasp.Pages.Teams;

/// <summary>What somebody is asked, as it is ticked: everything, or some themes.</summary>
public sealed class ScopeForm
{
    public const string All = "all";
    public const string Some = "some";

    public string? What { get; set; }

    /// <summary>Keys of themes, with their area's.</summary>
    public List<string> Themes { get; set; } = [];

    /// <summary>As it is stored.</summary>
    public static ScopeForm Of(Instrument instrument, string stage, string? scope)
    {
        if (scope is null) return new() { What = All };
        var isIn = Scopes.Contains(scope);
        return new() { What = Some, Themes = [.. ThemesOf(instrument, stage).Where(t => t.Theme.Questions.Any(isIn)).Select(t => t.Key)] };
    }

    /// <summary>What the questions' own roles propose.</summary>
    public static ScopeForm ProposedFor(Instrument instrument, string stage, string role)
    {
        var proposed = Scopes.ProposedFor(instrument, stage, role);
        return proposed.Count == ThemesOf(instrument, stage).Count() ? new() { What = All, Themes = [.. proposed] } : new() { What = Some, Themes = [.. proposed] };
    }

    /// <summary>To store: null for everything. An area of which all themes are ticked is asked as a whole.</summary>
    public string? Read(ModelStateDictionary faults, string field, Instrument instrument, string stage)
    {
        var themes = ThemesOf(instrument, stage).ToList();
        var ticked = themes.Where(t => Themes.Contains(t.Key)).ToList();
        if (What == All || (What == Some && ticked.Count == themes.Count)) return null;
        if (What != Some) faults.AddModelError($"{field}.What", "Select what this person is asked");
        else if (ticked.Count == 0) faults.AddModelError($"{field}.Themes", "Tick at least one theme, or ask everything");
        var keys = themes.GroupBy(t => t.Area).SelectMany(a => a.All(t => Themes.Contains(t.Key)) ? [a.Key] : a.Where(t => Themes.Contains(t.Key)).Select(t => t.Key));
        return string.Join(' ', keys);
    }

    private static IEnumerable<(string Area, string Key, ThemeInOrder Theme)> ThemesOf(Instrument instrument, string stage) =>
        QuestionOrder.Of(instrument, stage).Areas.SelectMany(a => a.Themes.Select(t => (a.Area.Key, $"{a.Area.Key}.{t.Theme.Key}", t)));
}
