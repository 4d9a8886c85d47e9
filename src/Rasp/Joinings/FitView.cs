using Rasp.Comparisons;
using Rasp.Readiness;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Plans;
using Rasp.Readiness.Scoring;
using Rasp.Readiness.Sharing;

namespace Rasp.Joinings;

/// <summary>A candidate against the members, laid out for pages and reports. It knows what the lens let through, and nothing else.</summary>
public sealed class FitView
{
    private readonly Dictionary<string, string> where;

    public FitView(OpenFit open)
    {
        Open = open;
        Labels = PartnerLabels.Of(All.Select(p => p.Organisation));
        Areas = [.. Instrument.Areas.Where(a => All.Any(p => p.Areas.Any(r => r.Area.Key == a.Key && r.Result.Score.Coverage is not null)))];
        where = Instrument.Areas.SelectMany(a => a.Themes.SelectMany(t => t.Questions.Select(q => (q.Key, Where: $"{a.Name}: {t.Name}")))).ToDictionary(q => q.Key, q => q.Where, StringComparer.Ordinal);
    }

    public OpenFit Open { get; }

    public PartnerLabels Labels { get; }

    public SharedFit Shared => Open.Fit;

    public Instrument Instrument => Shared.Instrument;

    public Release Candidate => Shared.Candidate;

    /// <summary>Everybody, the candidate first.</summary>
    public IReadOnlyList<Release> All => [Candidate, .. Shared.Members];

    /// <summary>Areas that anybody was asked about.</summary>
    public IReadOnlyList<Area> Areas { get; }

    /// <summary>Area and theme; null of a question that only the members were asked.</summary>
    public string? Where(Question question) => where.GetValueOrDefault(question.Key);

    /// <summary>What the candidate answered; null where it does not show that.</summary>
    public QuestionResult? Own(Question question) => Candidate.Result?.Find(question.Key);

    public SuggestedAction? Suggestion(Question question) => Own(question) is { } own && Suggestions.For(own) is [var first, ..] ? first : null;

    /// <summary>The members whose gate is not met on a question.</summary>
    public IReadOnlyList<string> Unmet(Question question) =>
        [.. Shared.Members.Where(m => m.Result?.Find(question.Key) is { Gate: GateState.Unmet } result && result.Question.Revision == question.Revision).Select(m => m.Organisation)];

    public IReadOnlyList<QuestionFit> OfKind(FitKind kind) => [.. (Shared.Fit?.Questions ?? []).Where(q => q.Kind == kind)];

    /// <summary>Where the candidate and the members are on a question, in words.</summary>
    public string Levels(QuestionFit one) => $"{Labels[Candidate.Organisation]} {one.Candidate}, the members {(one.Floor == one.Ceiling ? $"{one.Floor}" : $"{one.Floor} to {one.Ceiling}")}";

    /// <summary>What stands for somebody's red line: its words, or why there are none to see.</summary>
    public (string? Words, string None) WordsOf(string organisation, Question question)
    {
        var partner = All.First(p => p.Organisation == organisation);
        return (partner.Notes.GetValueOrDefault(question.Key)?.Note, partner.Depth < Depth.Everything ? "Its notes are withheld. Ask for the words." : "No agreed note says what exactly is fixed. Ask for the words.");
    }

    /// <summary>What the floors come to, in a sentence.</summary>
    public string Floors()
    {
        var known = Shared.Fit!.Areas.Where(a => a.FloorBefore is not null).ToList();
        var lowered = known.Where(a => Shown.Score(a.FloorBefore!.Value) != Shown.Score(a.FloorAfter!.Value)).ToList();
        return known.Count == 0 ? "There is no question yet on which both sides have a level."
            : lowered.Count == 0 ? "It would lower the members’ floor in no area."
            : $"It would lower the members’ floor in {(lowered.Count == known.Count ? "every area" : Shown.List([.. lowered.Select(a => a.Area.Name)]))}.";
    }

    /// <summary>Whose parts the statements about questions rest on, and what the others show; null where all show questions.</summary>
    public string? RestsOn()
    {
        if (Shared.Withheld.Count == 0) return null;
        var sentences = new List<string>();
        if (Shared.Fit is not null) sentences.Add($"What is said about questions rests on {Shown.List(Shared.RestsOn)}.");
        foreach (var group in Shared.Withheld.GroupBy(p => p.IsWithdrawn ? "withdrawn" : p.Depth.Word()).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var one = group.Count() == 1;
            sentences.Add($"{Shown.List([.. group.Select(p => p.Organisation)])} {group.Key switch
            {
                "withdrawn" => one ? "has withdrawn what it showed" : "have withdrawn what they showed",
                "areas" => one ? "shows areas alone here" : "show areas alone here",
                _ => one ? "shows nothing here" : "show nothing here",
            }}.");
        }
        return string.Join(" ", sentences);
    }
}
