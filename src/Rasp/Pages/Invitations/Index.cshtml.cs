using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Rasp.Accounts;
using Rasp.Assessments;
using Rasp.Data;
using Rasp.Data.Accounts;
using Rasp.Data.Programmes;
using Rasp.Forms;
using Rasp.Mails;

namespace Rasp.Pages.Invitations;

/// <summary>
/// What an invitation's link opens. Looking changes nothing, since mail scanners open links. Accepting takes an account. Whoever is asked to answer
/// gets it by accepting, as the mail reached them; so does everybody where no mail can be sent, and nobody could sign in by one. Not where the
/// address has an account: then it is signed in to.
/// </summary>
[EnableRateLimiting(RateLimits.Open)]
public sealed class IndexModel(InvitationDesk invitations, OrganisationDesk organisations, People people, AccountDoor door, LetterBox letters, InstrumentLibrary instruments, NoticeWriter notices) : FormPage
{
    [FromRoute]
    public string Secret { get; set; } = "";

    /// <summary>The id of an organisation that one leads, or "new".</summary>
    [BindProperty]
    public string? Organisation { get; set; }

    [BindProperty]
    public string? NewOrganisation { get; set; }

    /// <summary>Null where there is no such invitation.</summary>
    public InvitationView? Invitation { get; private set; }

    public bool IsOpen => Invitation is { State: InvitationState.Open, IsExpired: false };

    public IReadOnlyList<MyOrganisation> Led { get; private set; } = [];

    public string? SignedInAs => HttpContext.SignedIn()?.Email;

    public bool BringsMail => letters.IsSetUp;

    /// <summary>Whether accepting makes an account where there is none.</summary>
    public bool MakesAccount => !BringsMail || Invitation?.As == InvitedAs.Contributor;

    /// <summary>Whether whoever accepts does so with an organisation.</summary>
    public bool BringsOrganisation => Invitation?.As is InvitedAs.Partner or InvitedAs.Candidate;

    /// <summary>How many questions a contributor is asked.</summary>
    public int Asked => Invitation?.Team is { } team ? QuestionOrder.Of(team.Instrument, team.Stage, team.Scope).Questions.Count : 0;

    public string? StageName => Invitation?.Programme is { } programme ? instruments.Current.Stages.FirstOrDefault(s => s.Key == programme.Stage)?.Name.Split(": ", 2)[0] : null;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        await LookAsync(cancellation);
        if (!IsOpen) Response.StatusCode = StatusCodes.Status404NotFound;
        NewOrganisation = Invitation?.OrganisationName;
        Organisation = Led.Count == 0 ? "new" : null;
        return Page();
    }

    public async Task<IActionResult> OnPostAcceptAsync(CancellationToken cancellation)
    {
        await LookAsync(cancellation);
        if (!IsOpen) return Gone();
        if (HttpContext.SignedIn() is null && !MakesAccount) return Redirect(Links.SignInFor(Links.Invitation(Secret)));
        var (chosen, name) = (default(Guid?), default(string));
        if (BringsOrganisation)
        {
            if (Led.Count > 0 && Organisation != "new")
            {
                chosen = Led.FirstOrDefault(o => o.Id.ToString("N") == Organisation)?.Id;
                if (chosen is null) ModelState.AddModelError(nameof(Organisation), "Select with which organisation you accept");
            }
            else
            {
                name = OrganisationName.Read(NewOrganisation, ModelState, nameof(NewOrganisation));
            }
        }
        if (!ModelState.IsValid) return Faulty();
        var person = HttpContext.SignedIn()?.Person;
        if (person is null)
        {
            if (await people.FindAsync(Invitation!.Email) is not null)
            {
                if (BringsMail) return Redirect(Links.SignInFor(Links.Invitation(Secret)));
                ModelState.AddModelError("", $"{Invitation.Email} has an account. Sign in to it first, and then open this link again");
                return Faulty();
            }
            person = (await people.FindOrMakeAsync(Invitation.Email)).Id;
            await door.LetInAsync(HttpContext, person.Value);
        }
        return Answer(await invitations.AcceptAsync(Secret, person.Value, chosen, name, cancellation));
    }

    public async Task<IActionResult> OnPostDeclineAsync(CancellationToken cancellation)
    {
        await LookAsync(cancellation);
        if (!await invitations.DeclineAsync(Secret, HttpContext.SignedIn()?.Person, cancellation)) return Gone();
        await LookAsync(cancellation);
        return Page();
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation)
    {
        await LookAsync(cancellation);
        return Page();
    }

    private IActionResult Answer(AcceptOutcome outcome)
    {
        switch (outcome)
        {
            case AcceptOutcome.Done:
                notices.Tell();
                return Redirect(Invitation!.Team is { } team ? Links.Assessment(team.Assessment.ToString("N")) : Invitation.Programme is { } programme ? Links.Programme(programme.Id) : Links.Organisation(Invitation.Organisation!.Value));
            case AcceptOutcome.WouldBeBoth:
                ModelState.AddModelError("", "Nobody can be a programme’s facilitator and belong to one of its partners. Decline this, or end the other first");
                break;
            case AcceptOutcome.NameTaken:
                ModelState.AddModelError(nameof(NewOrganisation), "A partner of this programme has this name already. If it is yours, ask its lead to invite you as a colleague");
                break;
            case AcceptOutcome.NotThisOrganisation:
                ModelState.AddModelError(nameof(Organisation), "This organisation is in the programme already. Select another, or ask its lead to invite you as a colleague");
                break;
            case AcceptOutcome.NoBase:
                ModelState.AddModelError("", "The partners have no round that is open to all of them any more, so there is nothing to be held to. Ask them to invite you again");
                break;
            case AcceptOutcome.AnswersAlready:
                ModelState.AddModelError("", $"You answer there already as {SignedInAs}. You find it in your account");
                break;
            default: return Gone();
        }
        return Faulty();
    }

    private PageResult Gone()
    {
        if (Invitation is { State: InvitationState.Open }) Invitation = null;
        Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        Response.KeepPrivate();
        Invitation = await invitations.FindAsync(Secret, cancellation);
        if (HttpContext.SignedIn() is { } signedIn && BringsOrganisation) Led = [.. (await organisations.OfAsync(signedIn.Person, cancellation)).Where(o => o.Role == MemberRole.Lead)];
    }
}
