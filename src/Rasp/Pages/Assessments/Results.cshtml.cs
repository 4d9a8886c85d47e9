using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rasp.Accounts;
using Rasp.Assessments;
using Rasp.Data.Agreements;
using Rasp.Data.Plans;
using Rasp.Data.Teams;
using Rasp.Plans;
using Rasp.Readiness;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Plans;
using Rasp.Readiness.Scoring;

namespace Rasp.Pages.Assessments;

/// <summary>What the answers come to, from the first one on; on paper, a report to put before a board.</summary>
public sealed class ResultsModel(AssessmentDoor door, AgreementLens lens, PlanLens plans) : PageModel
{
    /// <summary>So many weak points, and show-stoppers, stand in full; the others follow in short.</summary>
    public const int InFull = 5;

    /// <summary>So many show-stoppers stand with the reason why they are; it also stands in each question.</summary>
    public const int WithReason = 3;

    /// <summary>So many claims stand in full.</summary>
    public const int ClaimsInFull = 3;

    /// <summary>So many more have a line below them, with the next step or what would show it.</summary>
    public const int InShort = 18;

    /// <summary>So many questions of a cause are named; the others by their numbers in the lists.</summary>
    public const int NamedOfACause = 5;

    /// <summary>So many causes are open.</summary>
    public const int CausesOpen = 3;

    /// <summary>So many causes have their advice; of the others only the names stand: where everything has a cause, no cause stands out.</summary>
    public const int CausesAdvised = 6;

    /// <summary>Lists of names longer than this are folded.</summary>
    public const int ListFrom = 12;

    /// <summary>So many red lines stand with their notes.</summary>
    public const int NotesShown = 5;

    private ILookup<FindingKind, Finding> findings = null!;
    private ILookup<string, QuestionResult> byArea = null!;

    public OpenAssessment Open { get; private set; } = null!;

    public AssessmentResult Result => Open.Seen.Result;

    public Instrument Instrument => Open.Seen.Instrument;

    public string Reference => Open.Reference;

    public bool IsAnonymous => Open.IsTeams && Open.Seen.Facts.Attribution == Attribution.Anonymous;

    /// <summary>Nothing has been chosen anywhere, so there is nothing to say.</summary>
    public bool IsEmpty => Result.Questions.All(q => q.Answer.Choice is null);

    /// <summary>More than one person's answers stand behind this: only then can people be of two minds.</summary>
    public bool HasSeveralRespondents => Open.Seen.Sheet.Respondents.Count > 1;

    public IReadOnlyList<Finding> WeakPoints { get; private set; } = [];

    public IReadOnlyList<SharedCause> Causes { get; private set; } = [];

    public IReadOnlyList<Finding> StrengthsShown { get; private set; } = [];

    public IReadOnlyList<QuestionResult> Unanswered { get; private set; } = [];

    /// <summary>Those of them that have no gate: the others are listed as show-stoppers not known.</summary>
    public IReadOnlyList<QuestionResult> UnansweredElsewhere => [.. Unanswered.Where(q => q.Gate == GateState.None)];

    public IReadOnlyList<QuestionResult> RedLines { get; private set; } = [];

    /// <summary>Questions with a gate that were answered "not applicable", which takes the gate away (scoring.md § 9).</summary>
    public IReadOnlyList<QuestionResult> GatesNotApplicable { get; private set; } = [];

    /// <summary>What several people answered and what their organisation settled on; null where one answers, and for whoever does not lead it.</summary>
    public SeenAgreement? Agreement { get; private set; }

    /// <summary>Which findings are in the plan already, by their question's key in full; null for whoever has none.</summary>
    public IReadOnlyDictionary<string, Guid>? Planned { get; private set; }

    /// <summary>The plan that these results are for.</summary>
    public PlanAddress PlanAddress => new(Open.Seen.Facts.Id, IsJoint: false);

    /// <summary>Agreed answers that some see otherwise, with what these say.</summary>
    public IReadOnlyList<(QuestionResult Result, string Minority)> Minorities { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string reference)
    {
        if (await door.OpenAsync(HttpContext, reference) is not { } open) return NotFound();
        // The same page one level deeper: relative links would miss.
        if (HttpContext.Request.Path.Value!.EndsWith('/')) return RedirectPermanent(Links.Results(reference));
        Open = open;
        if (IsEmpty) return Page();
        if (!open.IsExample && open.IsLed && PlanDoor.Key(HttpContext, reference) is var (address, holder)) Planned = await plans.AnsweredAsync(address, holder, null, HttpContext.RequestAborted);
        findings = Result.Findings.ToLookup(f => f.Kind);
        byArea = Result.Questions.ToLookup(q => q.Question.Area);
        WeakPoints = Suggestions.WorstFirst(findings[FindingKind.WeakPoint]);
        Causes = SharedCause.Of(Result);
        StrengthsShown = [.. findings[FindingKind.Strength].Where(f => f.Result.Answer.HasEvidence)];
        Unanswered = [.. Result.Questions.Where(q => q.Answer.Choice is null)];
        RedLines = [.. Result.Questions.Where(q => q.Answer.Stance == Stance.Fixed)];
        if (open.IsTeams && HttpContext.SignedIn() is { } signedIn) Agreement = await lens.FindAsync(Open.Seen.Facts.Id, signedIn.Person, HttpContext.RequestAborted);
        if (Agreement is not null) Minorities = [.. Result.Questions.Select(q => (q, Agreement.Agreed.GetValueOrDefault(q.Question.Key)?.Agreed.Minority)).Where(m => m.Minority is not null).Select(m => (m.q, m.Minority!))];
        GatesNotApplicable = [.. Result.Questions.Where(q => q.Question.Gate is not null && !q.IsApplicable)];
        return Page();
    }

    public IReadOnlyList<Finding> Of(FindingKind kind) => [.. findings[kind]];

    public IReadOnlyList<QuestionResult> QuestionsOf(Area area) => [.. byArea[area.Key]];

    public Area AreaOf(Question question) => Open.Order.Find(question.Key)!.Area;

    /// <summary>Area and theme, as a reader finds them in the map.</summary>
    public string Where(Question question) => Open.Order.Find(question.Key) is { } place ? $"{place.Area.Name}: {place.Theme.Name}" : "";

    /// <summary>Relative to this page: over a hundred links would else make it a tenth longer.</summary>
    public string LinkTo(Question question) =>
        (Open.IsTeams ? Links.Agreement(Reference, question) : Links.Question(Reference, question))[(Links.Assessment(Reference).Length + 1)..];

    /// <summary>Where findings stand in the lists: weak points 3, 8 and 12.</summary>
    public string Numbers(IEnumerable<Finding> some) => Shown.List([.. some.GroupBy(f => f.Kind).Select(k =>
    {
        var list = ListOf(k.Key);
        var numbers = k.Select(f => list.IndexOf(f) + 1).Order().Select(n => n.ToString(CultureInfo.InvariantCulture));
        return $"{Because.Noun(k.Key, k.Count())} {Shown.List([.. numbers])}";
    })]);

    private List<Finding> ListOf(FindingKind kind) => kind switch
    {
        FindingKind.WeakPoint => [.. WeakPoints],
        FindingKind.UnknownShowStopper => [.. findings[kind].Where(f => f.Result.Answer.Choice is not null)],
        _ => [.. findings[kind]],
    };

    /// <summary>Level 2 of 5, Talked about.</summary>
    public string InWords(int level) => $"Level {level} of {Instrument.Levels.Count}, {Instrument.Levels[level - 1]}";

    /// <summary>Who said what in notes on a question, of those answers for which something holds; the name is null where only one person answers.</summary>
    public IEnumerable<(string? Name, string Note)> Notes(Question question, Func<Answer, bool> holds)
    {
        var sheet = Open.Seen.Sheet;
        if (sheet.Agreed.GetValueOrDefault(question.Key) is { Note: { } agreed } answer && holds(answer)) yield return (HasSeveralRespondents ? "Agreed" : null, agreed);
        foreach (var respondent in sheet.Respondents)
        {
            if (respondent.Answers.GetValueOrDefault(question.Key) is { Note: { } note } own && holds(own)) yield return (HasSeveralRespondents ? respondent.Name : null, note);
        }
    }

    /// <summary>The roles that can answer a question, by name.</summary>
    public string? WhoCanKnow(Question question) =>
        question.Roles.Count == 0 ? null : Shown.List([.. question.Roles.Select(r => Instrument.Roles.First(x => x.Key == r).Name)]);

    /// <summary>When it was answered: an example's round is a month.</summary>
    public string When => Open.IsExample
        ? Open.Seen.Facts.StartedAt.ToString("MMMM yyyy", CultureInfo.GetCultureInfo("en-GB"))
        : Open.Seen.Facts.StartedAt.Date == Open.Seen.Facts.LastUsedAt.Date ? Open.Seen.Facts.StartedAt.InWords()
        : $"{Open.Seen.Facts.StartedAt.InWords()} to {Open.Seen.Facts.LastUsedAt.InWords()}";

    /// <summary>By whom: a role, or how many people.</summary>
    public string ByWhom => IsAnonymous && HasSeveralRespondents
        ? $"Up to {Open.Seen.Sheet.Respondents.Count} people a question, anonymously" + (Open.Seen.Sheet.Agreed.Count > 0 ? $"; {Shown.Count(Open.Seen.Sheet.Agreed.Count, "answer")} agreed" : "")
        : HasSeveralRespondents
        ? Shown.Count(Open.Seen.Sheet.Respondents.Count, "person", "people") + (Open.Seen.Sheet.Agreed.Count > 0 ? $"; {Shown.Count(Open.Seen.Sheet.Agreed.Count, "answer")} agreed" : "")
        : Instrument.Roles.FirstOrDefault(r => Open.Seen.Sheet.Respondents is [var one, ..] && r.Key == one.Role)?.Name ?? "One person";

    /// <summary>Level 1 to 5 of the five shades, however many levels the instrument has.</summary>
    public int Shade(int level) => Charts.Tile.Shade(Instrument, level);
}

/// <summary>The beginning of what somebody typed.</summary>
/// <param name="Text">On one line, cut between words.</param>
/// <param name="IsCut">Whether there is more than this.</param>
public sealed record Excerpt(string Text, bool IsCut)
{
    private const int Longest = 200;

    public static Excerpt Of(string typed)
    {
        var text = string.Join(' ', typed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (text.Length <= Longest) return new(text, false);
        var space = text.LastIndexOf(' ', Longest);
        var end = space > Longest / 2 ? space : char.IsLowSurrogate(text[Longest]) ? Longest - 1 : Longest;
        return new(text[..end], true);
    }
}
