using Rasp.Charts;
using Rasp.Readiness;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;
using Rasp.Readiness.Sharing;

namespace Rasp.Comparisons;

/// <summary>A comparison laid out for its pages: which questions, in which order, and what partners are called there. It knows what the lens let through, and nothing else.</summary>
public sealed class ComparisonView
{
    /// <summary>So many of what somebody could lead on are named on screen.</summary>
    private const int LedQuestions = 5;

    /// <summary>As many where many could lead.</summary>
    private const int LedQuestionsOfMany = 1;

    /// <summary>From so many on who could lead, they are many.</summary>
    private const int ManyLeads = 6;

    /// <summary>So many shared strengths are named on screen.</summary>
    private const int SharedStrengths = 12;

    /// <summary>So many clashes stand with their words on screen.</summary>
    private const int Clashes = 3;

    /// <summary>So many other stances are listed on screen.</summary>
    private const int OtherStances = 12;

    private readonly Dictionary<string, int> numbers;
    private readonly Dictionary<string, string> where;

    /// <param name="open">What this visitor may see.</param>
    /// <param name="filter">Which of its questions.</param>
    /// <param name="isPaper">Whether nothing is left out for want of room.</param>
    public ComparisonView(OpenComparison open, QuestionFilter filter, bool isPaper = false)
    {
        (Open, Filter, IsPaper) = (open, filter, isPaper);
        Labels = PartnerLabels.Of(Shared.Partners.Select(p => p.Organisation));
        All = Shared.Questions?.Questions ?? [];
        numbers = All.Select((q, i) => (q.Question.Key, i + 1)).ToDictionary(n => n.Key, n => n.Item2, StringComparer.Ordinal);
        where = Instrument.Areas
            .SelectMany(a => a.Themes.SelectMany(t => t.Questions.Select(q => (q.Key, Where: $"{a.Name}: {t.Name}"))))
            .ToDictionary(q => q.Key, q => q.Where, StringComparer.Ordinal);
        Questions = [.. All.Where(filter.Matches)];
        Leads = Lead.Of(Questions);
        Compromises = Compromise.Of(Questions);
        Strengths = [.. Questions.Where(q => q.Category == Category.SharedStrength)];
    }

    public OpenComparison Open { get; }

    public QuestionFilter Filter { get; }

    public bool IsPaper { get; }

    public PartnerLabels Labels { get; }

    public SharedComparison Shared => Open.Shared;

    public Instrument Instrument => Open.Instrument;

    public string Reference => Open.Reference;

    /// <summary>Every compared question, by priority.</summary>
    public IReadOnlyList<ComparedQuestion> All { get; }

    /// <summary>Those that the filter lets through, by priority.</summary>
    public IReadOnlyList<ComparedQuestion> Questions { get; }

    public IReadOnlyList<Lead> Leads { get; }

    public IReadOnlyList<ComparedQuestion> Strengths { get; }

    public IReadOnlyList<Compromise> Compromises { get; }

    /// <summary>Asked, but applicable to fewer than two of those who show questions; empty where a filter is set, which is about compared questions.</summary>
    public IReadOnlyList<Question> NotCompared => Shared.Questions is null || Filter.IsSet ? [] : [.. Instrument.InScope(Shared.Stage).Where(q => !numbers.ContainsKey(q.Key))];

    public bool HasWithheld => Shared.Withheld.Count > 0;

    public int StrengthsInFull => IsPaper ? int.MaxValue : SharedStrengths;

    public int ClashesInFull => IsPaper ? int.MaxValue : Clashes;

    public int StancesInFull => IsPaper ? int.MaxValue : OtherStances;

    /// <summary>Those of what somebody could lead on that are named: all of them where all but one would be.</summary>
    public IReadOnlyList<ComparedQuestion> Named(Lead lead)
    {
        var most = IsPaper ? int.MaxValue : Leads.Count >= ManyLeads ? LedQuestionsOfMany : LedQuestions;
        return lead.Questions.Count - 1 <= most ? lead.Questions : [.. lead.Questions.Take(most)];
    }

    /// <summary>A question's place by priority among all, from 1, whatever the filter.</summary>
    public int NumberOf(Question question) => numbers[question.Key];

    /// <summary>Area and theme.</summary>
    public string Where(Question question) => where[question.Key];

    /// <summary>A question's page, which keeps the filter.</summary>
    public string LinkTo(Question question) => Filter.On(Links.ComparedQuestion(Reference, question));

    /// <summary>What a partner answered, as a tile; withheld where it does not show questions.</summary>
    public (Tile Tile, string Gate, string GateWords) TileOf(Release partner, Question question)
    {
        if (partner.Result?.Find(question.Key) is not { } result) return (Tile.Withheld, "", "");
        var (gate, words) = Tile.OfGate(result.Gate);
        return (Tile.Of(Instrument, result.Answer.Choice), gate, words);
    }

    /// <summary>Names as they stand beside tiles.</summary>
    public string LabelsOf(IEnumerable<string> organisations) => Shown.List([.. organisations.Select(o => Labels[o])]);

    /// <summary>What stands for an organisation's red line: its words, or why there are none to see.</summary>
    public (string? Words, string? None) WordsOf(string organisation, Question question)
    {
        var partner = Shared.Partner(organisation)!;
        if (partner.Notes.GetValueOrDefault(question.Key)?.Note is { } note) return (note, null);
        return (null, partner.Depth < Depth.Everything ? "Its notes are withheld. Ask for the words." : "No agreed note says what exactly is fixed. Ask for the words.");
    }

    /// <summary>What is worth an hour: all that is neither shared strength nor near each other, and wherever red lines meet.</summary>
    public static bool IsToTalkAbout(ComparedQuestion one) => one.RedLinesClash || one.Category switch
    {
        Category.ShowStopper or Category.BlindSpot or Category.Difference or Category.SharedWeakness => true,
        Category.SharedStrength or Category.Mixed => false,
    };
}
