using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rasp.Agreements;
using Rasp.Assessments;
using Rasp.Data.Agreements;
using Rasp.Data.Rounds;
using Rasp.Data.Teams;
using Rasp.Readiness;
using Rasp.Readiness.Anonymity;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;

namespace Rasp.Pages.Agreements;

/// <summary>One question as several people answered it, and what their organisation settles on.</summary>
public sealed class QuestionModel(AgreementLens lens, Agreeing agreeing, CarryForward carry) : AgreementPage(lens)
{
    [BindProperty]
    public AgreedForm Form { get; set; } = new();

    /// <summary>The version that this page shows; 0 where nothing was agreed.</summary>
    [BindProperty]
    public int Version { get; set; }

    public Place Place { get; private set; } = null!;

    public QuestionResult Result { get; private set; } = null!;

    public AgreedRow? Agreed { get; private set; }

    /// <summary>What the organisation answered last time, for its leads; null where it did not.</summary>
    public Carried? Carried { get; private set; }

    public QuestionResult? Previous { get; private set; }

    public QuestionResult? Next { get; private set; }

    public Instrument Instrument => Seen.Instrument;

    public Question Question => Place.Question;

    /// <summary>What respondents' answers come to, whatever was agreed.</summary>
    public CollectiveAnswer Collective { get; private set; } = null!;

    public Spread Spread { get; private set; } = null!;

    public bool IsAnonymous => Seen.Attribution == Attribution.Anonymous;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await FindQuestionAsync(cancellation)) return NotFound();
        if (Agreed is not null) Form = AgreedForm.Of(Agreed.Agreed);
        Version = Agreed?.Version ?? 0;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindQuestionAsync(cancellation) || !Seen.MayDecide) return NotFound();
        if (Form.Read(ModelState, Instrument, Question) is not { } agreed) return Faulty();
        return await agreeing.RecordAsync(Id, SignedIn.Person, Question.Key, agreed, Version, cancellation) switch
        {
            AgreeOutcome.Done => Redirect(Next is null ? Links.Agreement(Reference) : Links.Agreement(Reference, Next.Question)),
            AgreeOutcome.NotFound => NotFound(),
            _ => Changed(),
        };
    }

    public async Task<IActionResult> OnPostTakeBackAsync(CancellationToken cancellation)
    {
        if (!await FindQuestionAsync(cancellation) || !Seen.MayDecide) return NotFound();
        return await agreeing.TakeBackAsync(Id, SignedIn.Person, Question.Key, Version, cancellation) switch
        {
            AgreeOutcome.Done => Redirect(Links.Agreement(Reference, Question)),
            AgreeOutcome.NotFound => NotFound(),
            _ => Changed(),
        };
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindQuestionAsync(cancellation) ? Page() : NotFound();

    /// <summary>Who chose something, by name and role where answers are named; else how many.</summary>
    public string? Who(Choice choice)
    {
        if (IsAnonymous) return Count(choice) is > 0 and var count ? Shown.Count(count, "person", "people") : null;
        var who = Seen.Sheet.Respondents.Where(r => r.Answers.GetValueOrDefault(Question.Key)?.Choice == choice).Select(WithRole).ToList();
        return who.Count == 0 ? null : string.Join("; ", who);
    }

    /// <summary>What was written beside answers, by whom; nothing where answers are anonymous.</summary>
    public IEnumerable<(string Who, Answer Answer)> Written() => IsAnonymous ? [] : Seen.Sheet.Respondents
        .Where(r => r.Answers.GetValueOrDefault(Question.Key) is { } a && (a.Note is not null || a.Evidence is not null || a.Stance is not null))
        .Select(r => (WithRole(r), r.Answers[Question.Key]));

    public static string InWords(Choice choice) => choice.Level is { } level ? $"level {level}" : choice.IsDontKnow ? "don’t know" : "not applicable";

    private int Count(Choice choice) => choice.Level is { } level ? Spread.Levels.Count(l => l == level) : choice.IsDontKnow ? Spread.DontKnow : Spread.NotApplicable;

    private string WithRole(Respondent respondent) =>
        Instrument.Roles.FirstOrDefault(r => r.Key == respondent.Role) is { } role && role.Name != respondent.Name ? $"{respondent.Name} ({role.Name})" : respondent.Name;

    private PageResult Changed()
    {
        ModelState.AddModelError("", "Somebody else recorded an agreed answer to this question while you had it open. See above what it is now; save again to replace it with what is on this page");
        ModelState.Remove(nameof(Version));
        Version = Agreed?.Version ?? 0;
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private async Task<bool> FindQuestionAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation) || Order.Find($"{RouteData.Values["areaKey"]}.{RouteData.Values["theme"]}.{RouteData.Values["key"]}") is not { } place) return false;
        Place = place;
        Result = Seen.Result.Find(place.Question.Key)!;
        Agreed = Seen.Agreed.GetValueOrDefault(place.Question.Key);
        Carried = Seen.IsLed ? await carry.FindAsync(Seen.Assessment, place.Question.Key, cancellation) : null;
        Collective = Seen.WithoutAgreed(place.Question);
        Spread = Seen.SpreadOf(place.Question);
        var agenda = Agenda.Of(Seen).Questions;
        var at = agenda.ToList().IndexOf(Result);
        (Previous, Next) = (at > 0 ? agenda[at - 1] : null, at + 1 < agenda.Count ? agenda[at + 1] : null);
        return true;
    }
}
