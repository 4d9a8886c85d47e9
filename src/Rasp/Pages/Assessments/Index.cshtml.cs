using Microsoft.AspNetCore.Mvc;
using Rasp.Accounts;
using Rasp.Assessments;
using Rasp.Data.Programmes;
using Rasp.Data.Rounds;
using Rasp.Data.Teams;
using Rasp.Forms;
using Rasp.Readiness.Instruments;

namespace Rasp.Pages.Assessments;

/// <summary>
/// Overview: areas and themes with progress, time left and results so far, in any order. For those who were asked, what they are asked, by whom,
/// and who sees what they answer.
/// </summary>
public sealed class IndexModel(AssessmentDoor door, ProgrammeBoard board, TeamBoard teams, TeamDesk desk, CarryForward carry) : FormPage
{
    [FromRoute]
    public string Reference { get; set; } = "";

    /// <summary>What whoever looks was asked; null for leads.</summary>
    public TeamIntroduction? Asked { get; private set; }

    /// <summary>Whether whoever looks leads, and answers nothing themselves: then what all answered counts.</summary>
    public bool IsCollective => Open is { IsExample: false, Seen.Facts.Answering: null };

    /// <summary>Whether whoever looks answers as one of several.</summary>
    public bool AnswersAsOne => Open.Seen.Facts.Answering is { Kind: RespondentKind.Person };

    /// <summary>The round that this is a part of; null in confidence.</summary>
    public (ProgrammeView Programme, RoundView Round, PartRow Part)? Round { get; private set; }

    public OpenAssessment Open { get; private set; } = null!;

    /// <summary>What was answered last time and waits to be confirmed, by the question's key in full; for leads.</summary>
    public IReadOnlyDictionary<string, Carried> Waiting { get; private set; } = new Dictionary<string, Carried>();

    public int Answered { get; private set; }

    public int Total => Open.Order.Questions.Count;

    public int MinutesLeft => (Total - Answered) * QuestionOrder.MinutesAQuestion;

    /// <summary>The first question not answered yet; null where all are.</summary>
    public Question? NextOpen { get; private set; }

    public async Task<IActionResult> OnGetAsync() => await FindAsync() ? Page() : NotFound();

    public Task<IActionResult> OnPostBeginAsync(CancellationToken cancellation) => NoteAsync(desk.BeginAsync, cancellation);

    public Task<IActionResult> OnPostDoneAsync(CancellationToken cancellation) => NoteAsync(desk.DoneAsync, cancellation);

    public Task<IActionResult> OnPostChangeAsync(CancellationToken cancellation) => NoteAsync(desk.NotDoneAsync, cancellation);

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindAsync() ? Page() : NotFound();

    private async Task<IActionResult> NoteAsync(Func<Guid, Guid, CancellationToken, Task<bool>> note, CancellationToken cancellation)
    {
        if (!await FindAsync() || Open.IsExample || !AnswersAsOne) return NotFound();
        // Where answers are closed meanwhile, the overview says so.
        await note(Open.Seen.Facts.Id, HttpContext.SignedIn()!.Person, cancellation);
        return Redirect(Links.Assessment(Reference));
    }

    private async Task<bool> FindAsync()
    {
        if (await door.OpenAsync(HttpContext, Reference) is not { } open) return false;
        Open = open;
        if (open.Seen.Facts is { IsLed: false, Answering: { } me }) Asked = await teams.IntroduceAsync(me.Id, HttpContext.RequestAborted);
        else if (open is { IsPart: true, IsOnPaper: false }) Round = await board.FindByPartAsync(open.Seen.Facts.Id, HttpContext.SignedIn()!.Person, HttpContext.RequestAborted);
        if (open is { IsToConfirm: true, IsReadOnly: false })
        {
            Waiting = open.StillWaiting(await carry.OfAsync(open.Seen.Facts.Id, HttpContext.RequestAborted)).ToDictionary(c => c.Question, StringComparer.Ordinal);
        }
        Answered = open.Order.Questions.Count(IsAnswered);
        NextOpen = open.Order.Questions.FirstOrDefault(q => !IsAnswered(q));
        return true;
    }

    public bool IsAnswered(Question question) => (IsCollective ? Open.Seen.Result.Find(question.Key)!.Answer.Choice : Open.Seen.EnteredFor(question).Choice) is not null;

    /// <summary>Where a theme's row leads: to its first open question, else to its first.</summary>
    public Question Entry(ThemeInOrder theme) => theme.Questions.FirstOrDefault(q => !IsAnswered(q)) ?? theme.Questions[0];

    /// <summary>Where a question is answered, or, by leads who answer nothing themselves, settled.</summary>
    public string LinkTo(Question question) => IsCollective ? Links.Agreement(Reference, question) : Links.Question(Reference, question);
}
