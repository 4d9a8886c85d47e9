using Rasp.Assessments;
using Rasp.Data.Teams;
using Rasp.Readiness;
using Rasp.Readiness.Instruments;

namespace Rasp.Pages.Teams;

/// <summary>What people read of who answers and of who sees it: in one place, so that leads and those whom they ask read the same.</summary>
public static class TeamWords
{
    /// <summary>A state, and the colour of its tag.</summary>
    public static (string Words, string Looks) Of(RespondentState state) => state switch
    {
        RespondentState.Invited => ("Invited", "blue"),
        RespondentState.Declined => ("Declined", "grey"),
        RespondentState.Lapsed => ("Invitation ran out", "grey"),
        RespondentState.Joined => ("Not begun", "blue"),
        RespondentState.Started => ("Started", "light-blue"),
        RespondentState.Done => ("Done", "green"),
        RespondentState.AskedAgain => ("Asked to look again", "yellow"),
        RespondentState.OnPaper => ("On paper", "purple"),
        RespondentState.Removed => ("Removed, answers kept", "grey"),
    };

    public static string Name(Attribution attribution) => attribution switch
    {
        Attribution.Named => "Named",
        Attribution.Anonymous => "Anonymous",
    };

    /// <summary>Why somebody would choose it.</summary>
    public static string Reason(Attribution attribution) => attribution switch
    {
        Attribution.Named => "People can ask each other why they see it so, and see who knows what. Right where people trust each other, and where few answer.",
        Attribution.Anonymous => "People can say what they would not say before their chief executive. Right where that is in doubt, and only where five or more answer: from fewer nothing is ever shown.",
    };

    /// <summary>Who sees what somebody answers, line by line; the same whoever reads it, but for whom it speaks to.</summary>
    /// <param name="attribution">Named or anonymous.</param>
    /// <param name="organisation">Whose assessment it is.</param>
    /// <param name="leads">The addresses of its leads.</param>
    public static IReadOnlyList<string> WhoSees(Attribution attribution, string organisation, IReadOnlyList<string> leads)
    {
        var those = leads.Count == 0 ? "the leads" : leads.Count == 1 ? $"the lead, {leads[0]}," : $"the leads, {Shown.List(leads)},";
        string[] within = attribution switch
        {
            Attribution.Named =>
            [
                $"{Capital(those)} {(leads.Count == 1 ? "sees" : "see")} what each person answers, with address and role: levels, notes, evidence and stance, as soon as they are saved. Who leads {organisation} later sees it too.",
                "Colleagues who answer too see the same, once they have said that they are done with their own. Until then they see only theirs.",
                "Where one person alone answers, what that person answers and writes is what the organisation came to.",
            ],
            Attribution.Anonymous =>
            [
                $"Nobody sees what another person answers: not {those.TrimEnd(',')}, and no colleague. It can’t be changed to named later.",
                "Of a question, leads see how the levels are spread, once five or more people have answered it and they open the answers. Where five or more of those lead the organisation by their role, and five or more do not, they see the two groups apart. Answers can be opened once more, where since then five or more have answered or changed, and never again: so comparing the two tells of nobody.",
                "What is shown can still give people away: if everybody chose the same level, whoever sees the spread knows what each of them chose.",
                "Notes are shown to nobody else. That evidence was named is counted, what it is called is not shown.",
                "What a lead enters from paper is known to that lead, and does not count towards the five.",
            ],
        };
        return
        [
            .. within,
            "Leads see how far each person has got: how many questions are answered, and whether they are done.",
            $"Nobody outside {organisation} sees who answered what: partners see at most what the organisation came to. Whoever holds this server’s disk can read what is stored.",
        ];
    }

    /// <summary>What a scope asks: everything, or areas and, of those that are not whole, themes.</summary>
    public static string Scope(Instrument instrument, string stage, string? scope)
    {
        if (scope is null) return "Everything";
        var keys = Scopes.Keys(scope);
        var parts = new List<string>();
        foreach (var area in QuestionOrder.Of(instrument, stage).Areas)
        {
            var themes = area.Themes.Where(t => keys.Contains($"{area.Area.Key}.{t.Theme.Key}")).Select(t => t.Theme.Name).ToList();
            if (keys.Contains(area.Area.Key)) parts.Add(area.Area.Name);
            else if (themes.Count > 0) parts.Add($"{area.Area.Name} ({string.Join(", ", themes)})");
        }
        return parts.Count == 0 ? "Nothing that is asked at this stage" : string.Join("; ", parts);
    }

    /// <summary>As <see cref="Scope"/>, in a line: of areas that are not whole, how many themes.</summary>
    public static string ScopeInShort(Instrument instrument, string stage, string? scope)
    {
        if (scope is null) return "Everything";
        var keys = Scopes.Keys(scope);
        var areas = QuestionOrder.Of(instrument, stage).Areas
            .Select(a => (a.Area.Name, Asked: keys.Contains(a.Area.Key) ? a.Themes.Count : a.Themes.Count(t => keys.Contains($"{a.Area.Key}.{t.Theme.Key}")), Of: a.Themes.Count)).Where(a => a.Asked > 0).ToList();
        return areas.Count == 0 ? "Nothing that is asked at this stage" : string.Join(", ", areas.Select(a => a.Asked == a.Of ? a.Name : $"{a.Name} ({a.Asked} of {a.Of} themes)"));
    }

    public static string Role(Instrument instrument, string role) => instrument.Roles.FirstOrDefault(r => r.Key == role)?.Name ?? role;

    private static string Capital(string text) => $"{char.ToUpperInvariant(text[0])}{text[1..]}";
}
