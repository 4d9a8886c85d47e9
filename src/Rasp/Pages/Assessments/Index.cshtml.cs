using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rasp.Accounts;
using Rasp.Assessments;
using Rasp.Data.Programmes;
using Rasp.Readiness.Instruments;

namespace Rasp.Pages.Assessments;

/// <summary>Overview: areas and themes with progress, time left and results so far, in any order.</summary>
public sealed class IndexModel(AssessmentDoor door, ProgrammeBoard board) : PageModel
{
    /// <summary>The round that this is a part of; null in confidence.</summary>
    public (ProgrammeView Programme, RoundView Round, PartRow Part)? Round { get; private set; }

    public OpenAssessment Open { get; private set; } = null!;

    public int Answered { get; private set; }

    public int Total => Open.Order.Questions.Count;

    public int MinutesLeft => (Total - Answered) * QuestionOrder.MinutesAQuestion;

    /// <summary>The first question not answered yet; null where all are.</summary>
    public Question? NextOpen { get; private set; }

    public async Task<IActionResult> OnGetAsync(string reference)
    {
        if (await door.OpenAsync(HttpContext, reference) is not { } open) return NotFound();
        Open = open;
        if (open.IsPart) Round = await board.FindByPartAsync(Guid.ParseExact(reference, "N"), HttpContext.SignedIn()!.Person, HttpContext.RequestAborted);
        Answered = open.Order.Questions.Count(IsAnswered);
        NextOpen = open.Order.Questions.FirstOrDefault(q => !IsAnswered(q));
        return Page();
    }

    public bool IsAnswered(Question question) => Open.Seen.EnteredFor(question).Choice is not null;

    /// <summary>Where a theme's row leads: to its first open question, else to its first.</summary>
    public Question Entry(ThemeInOrder theme) => theme.Questions.FirstOrDefault(q => !IsAnswered(q)) ?? theme.Questions[0];
}
