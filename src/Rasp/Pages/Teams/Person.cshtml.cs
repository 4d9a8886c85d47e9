using Microsoft.AspNetCore.Mvc;
using Rasp.Assessments;
using Rasp.Data.Teams;
using Rasp.Forms;
using Rasp.Mails;

namespace Rasp.Pages.Teams;

/// <summary>One of those who answer: what they are asked, asking them to look again, reminding and removing them.</summary>
public sealed class PersonModel(AssessmentDoor door, TeamBoard board, TeamDesk desk, LetterBox letters) : TeamPage(door, board)
{
    public const string Once = "person";

    [FromRoute]
    public string Respondent { get; set; } = "";

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Role { get; set; }

    [BindProperty]
    public ScopeForm Scope { get; set; } = new();

    [BindProperty]
    public string? Note { get; set; }

    /// <summary>keep or erase.</summary>
    [BindProperty]
    public string? Answers { get; set; }

    public TeamRow Person { get; private set; } = null!;

    public bool BringsMail => letters.IsSetUp;

    /// <summary>What was done just now; null where nothing.</summary>
    public string? Did { get; private set; }

    public bool IsOnPaper => Person.Kind == RespondentKind.OnPaper;

    /// <summary>Whether there is a choice between keeping and erasing.</summary>
    public bool IsToKeep => Person is { Kind: RespondentKind.Person, State: not (RespondentState.Removed or RespondentState.Invited or RespondentState.Declined or RespondentState.Lapsed) };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await FindPersonAsync(cancellation)) return NotFound();
        Did = TempData[Once] as string;
        Fill();
        return Page();
    }

    public async Task<IActionResult> OnPostChangeAsync(CancellationToken cancellation)
    {
        if (!await FindPersonAsync(cancellation) || !Team.IsOpen) return NotFound();
        var name = IsOnPaper ? PaperName.Read(Name, ModelState, nameof(Name)) : null;
        var role = ReadRole(Role, nameof(Role));
        var scope = Scope.Read(ModelState, nameof(Scope), Team.Instrument, Team.Stage);
        if (!ModelState.IsValid) return Faulty();
        return Answer(await desk.ChangeAsync(Id, SignedIn.Person, Person.Id, name, role!, scope, cancellation), "Changed. Nothing that was answered is lost.");
    }

    public async Task<IActionResult> OnPostAgainAsync(CancellationToken cancellation)
    {
        if (!await FindPersonAsync(cancellation) || !Team.IsOpen) return NotFound();
        var note = Typed.Clean(Note);
        if (note?.Length > Longest)
        {
            ModelState.AddModelError(nameof(Note), $"Your note must be {Longest:N0} characters or fewer; it has {note.Length:N0}");
            return await FaultyAsync();
        }
        return Answer(await desk.AskAgainAsync(Id, SignedIn.Person, Person.Id, note, letters.AskingAgain(note), cancellation), "Asked to look again.");
    }

    public async Task<IActionResult> OnPostRemindAsync(CancellationToken cancellation)
    {
        if (!await FindPersonAsync(cancellation) || letters.Reminding is not { } letter) return NotFound();
        if (await desk.RemindAsync(Id, SignedIn.Person, Person.Id, letter, cancellation) is not { } written) return NotFound();
        return Answer(TeamOutcome.Done, written > 0 ? "Reminded." : "Not reminded: it was done within the last day, or this person wants no reminders.");
    }

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken cancellation)
    {
        if (!await FindPersonAsync(cancellation)) return NotFound();
        if (IsToKeep && Answers is not ("keep" or "erase"))
        {
            ModelState.AddModelError(nameof(Answers), "Select what becomes of the answers");
            return await FaultyAsync();
        }
        return await desk.RemoveAsync(Id, SignedIn.Person, Person.Id, erase: !IsToKeep || Answers == "erase", cancellation) == TeamOutcome.Done ? Redirect(Links.Team(Reference)) : NotFound();
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation)
    {
        if (!await FindPersonAsync(cancellation)) return NotFound();
        if (Role is null) Fill();
        return Page();
    }

    public const int Longest = TeamDesk.NoteMaxLength;

    private Task<IActionResult> FaultyAsync()
    {
        Fill();
        return Task.FromResult(Faulty());
    }

    private IActionResult Answer(TeamOutcome outcome, string did)
    {
        if (outcome != TeamOutcome.Done) return NotFound();
        TempData[Once] = did;
        return Redirect(Links.TeamPerson(Reference, Person.Id));
    }

    /// <summary>The form as it is stored.</summary>
    private void Fill() => (Name, Role, Scope) = (Person.Name, Person.Role, ScopeForm.Of(Team.Instrument, Team.Stage, Person.Scope));

    private async Task<bool> FindPersonAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation) || Found is not { Attribution: not null } team || !Guid.TryParseExact(Respondent, "N", out var id) || team.Find(id) is not { } person) return false;
        Person = person;
        return true;
    }
}
