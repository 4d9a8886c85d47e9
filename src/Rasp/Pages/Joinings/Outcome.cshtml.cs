using Microsoft.AspNetCore.Mvc;
using Rasp.Data.Joinings;
using Rasp.Data.Programmes;
using Rasp.Forms;
using Rasp.Mails;

namespace Rasp.Pages.Joinings;

/// <summary>Records how it ends that an organisation asks to join: by whoever started the programme, or by the candidate.</summary>
public sealed class OutcomeModel(ProgrammeBoard board, JoiningDesk desk, NoticeWriter notices) : JoiningPage(board)
{
    /// <summary>joined, not-now or withdrawn.</summary>
    [BindProperty]
    public string? End { get; set; }

    [BindProperty]
    public string? Note { get; set; }

    /// <summary>What whoever looks can record now: value, label and what it does.</summary>
    public IReadOnlyList<(string Value, string Label, string? Hint)> Possible => [.. Ends()];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) => await FindToEndAsync(cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindToEndAsync(cancellation)) return NotFound();
        var note = Typed.Clean(Note);
        if (Possible.All(p => p.Value != End)) ModelState.AddModelError(nameof(End), "Select how it ends");
        if (note?.Length > JoiningOutcome.NoteMaxLength) ModelState.AddModelError(nameof(Note), $"The note must be {JoiningOutcome.NoteMaxLength:N0} characters or fewer; it has {note.Length:N0}");
        if (!ModelState.IsValid) return Faulty();
        var end = End switch { "joined" => JoiningEnd.Joined, "not-now" => JoiningEnd.NotNow, _ => JoiningEnd.Withdrawn };
        switch (await desk.EndAsync(Round.Id, SignedIn.Person, end, note, cancellation))
        {
            case EndOutcome.Done:
                notices.Tell();
                return Redirect(Links.Joining(Round.Id));
            case EndOutcome.NotFound: return NotFound();
            case EndOutcome.NameTaken:
                ModelState.AddModelError(nameof(End), "A partner has the name that this organisation has now, or had it when the open round began, and partners are told apart by their names: one of the two changes its name first");
                return Faulty();
            default: return Changed();
        }
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindToEndAsync(cancellation) ? Page() : NotFound();

    private IEnumerable<(string, string, string?)> Ends()
    {
        var isShown = Round.RevealedAt is not null;
        var after = isShown ? "What you showed each other stays to be seen, unless it is withdrawn." : "Nobody ever sees what it answered, and it sees nothing of the members’.";
        if (Programme.MayManage)
        {
            if (isShown) yield return ("joined", "It has joined", "It becomes a partner at once, with a part in the round that is open, if one is. What it answered here is the beginning of its history.");
            yield return ("not-now", "Not now", after);
        }
        if (Part?.Own is { AmLead: true }) yield return ("withdrawn", $"{Joining.Name} no longer asks to join", after);
    }

    private async Task<bool> FindToEndAsync(CancellationToken cancellation) => await FindAsync(cancellation) && Joining.Outcome is null && Possible.Count > 0;
}
