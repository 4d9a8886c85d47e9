using Microsoft.AspNetCore.Mvc;
using Rasp.Accounts;
using Rasp.Assessments;
using Rasp.Data.Agreements;
using Rasp.Data.Programmes;
using Rasp.Data.Rounds;
using Rasp.Data.Teams;
using Rasp.Forms;
using Rasp.Mails;
using Rasp.Pages.Joinings;
using Rasp.Pages.Programmes;
using Rasp.Readiness.Sharing;

namespace Rasp.Pages.Assessments;

/// <summary>What an organisation's part of a round shows, and to whom: seals it, opens the seal, and after the reveal deepens, withdraws or corrects.</summary>
public sealed class SharingModel(AssessmentDoor door, ProgrammeBoard board, Sealing sealing, AgreementLens lens, CarryForward carry, NoticeWriter notices) : FormPage
{
    [FromRoute]
    public string Reference { get; set; } = "";

    /// <summary>nothing, areas, questions or everything.</summary>
    [BindProperty]
    public string? Depth { get; set; }

    /// <summary>Ticked where this opens the round.</summary>
    [BindProperty]
    public bool KnowsItReveals { get; set; }

    [BindProperty]
    public bool IsSure { get; set; }

    public OpenAssessment Open { get; private set; } = null!;

    public ProgrammeView Programme { get; private set; } = null!;

    public RoundView Round { get; private set; } = null!;

    public PartRow Part { get; private set; } = null!;

    public OwnPart Own => Part.Own!;

    public Guid Id => Guid.ParseExact(Reference, "N");

    /// <summary>Whether this is a correction that is not released yet.</summary>
    public bool IsCorrection => Own.Correction == Id;

    /// <summary>Whether the whole round waits for this part alone.</summary>
    public bool IsLast => Round.WouldReveal(Part);

    /// <summary>What several people answered and their organisation has not settled; null where one answers.</summary>
    public SeenAgreement? Agreement { get; private set; }

    /// <summary>How many answers of last time are neither confirmed, nor changed, nor left out.</summary>
    public int Waiting { get; private set; }

    /// <summary>Whether it is a candidate's, whose partners are the members.</summary>
    public bool IsCandidates => Round.Joining is not null;

    /// <summary>Who sees it, as a word in a sentence.</summary>
    public string They => IsCandidates ? "the members" : "partners";

    public string Wording => IsCandidates ? JoiningWords.CandidateVersion : SharingWords.Version;

    public int Asked => Open.Order.Questions.Count;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation)) return NotFound();
        Depth = Own.Depth?.Word();
        return Page();
    }

    public Task<IActionResult> OnPostSealAsync(CancellationToken cancellation) => DecideAsync(async () =>
    {
        var depth = IsCorrection ? Own.Depth!.Value : Chosen(nothingToo: true);
        if (depth is not { } chosen) return null;
        if (!Tells(chosen)) return null;
        return await sealing.SealAsync(Id, Person, chosen, Wording, KnowsItReveals, cancellation);
    }, cancellation);

    public Task<IActionResult> OnPostUnsealAsync(CancellationToken cancellation) => DecideAsync(async () => await sealing.UnsealAsync(Id, Person, cancellation), cancellation);

    public Task<IActionResult> OnPostDepthAsync(CancellationToken cancellation) => DecideAsync(async () =>
        Chosen(nothingToo: Round.RevealedAt is null) is { } depth && Tells(depth) ? await sealing.ChooseDepthAsync(Own.Assessment, Person, depth, Wording, KnowsItReveals, cancellation) : null, cancellation);

    public Task<IActionResult> OnPostWithdrawAsync(CancellationToken cancellation) => DecideAsync(async () =>
    {
        if (IsSure) return await sealing.WithdrawAsync(Own.Assessment, Person, cancellation);
        ModelState.AddModelError(nameof(IsSure), "Tick the box to confirm that what you showed should be withdrawn");
        return null;
    }, cancellation);

    public async Task<IActionResult> OnPostCorrectAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation)) return NotFound();
        if (await sealing.CorrectAsync(Own.Assessment, Person, cancellation) is { } correction) return Redirect(Links.Assessment(correction.ToString("N")));
        return Changed();
    }

    public async Task<IActionResult> OnPostDropAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation) || !IsCorrection) return NotFound();
        return await sealing.DropCorrectionAsync(Id, Person, cancellation) == SealOutcome.Done ? Redirect(Links.Sharing(Own.Assessment.ToString("N"))) : Changed();
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindAsync(cancellation) ? Page() : NotFound();

    private Guid Person => HttpContext.SignedIn()!.Person;

    private async Task<IActionResult> DecideAsync(Func<Task<SealOutcome?>> decide, CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation)) return NotFound();
        if (await decide() is not { } outcome) return Faulty();
        // What a page remembers of the assessment no longer holds.
        door.LookAgain(Reference);
        notices.Tell();
        switch (outcome)
        {
            case SealOutcome.Done: return Redirect(IsCorrection ? Links.Programme(Programme.Id) : Links.Sharing(Reference));
            case SealOutcome.Revealed: return Redirect(Links.Programme(Programme.Id));
            case SealOutcome.NotFound: return NotFound();
            case SealOutcome.IsEmpty:
                ModelState.AddModelError("", Agreement is { Attribution: Attribution.Anonymous }
                    ? "Nothing counts yet: open the anonymous answers, or record what you agree on, first"
                    : "Nothing is answered yet: answer a question first");
                return Faulty();
            default:
                await FindAsync(cancellation);
                return Changed();
        }
    }

    private IActionResult Changed()
    {
        ModelState.AddModelError("", "Something has changed since you opened this page, here or with a partner. See how it stands now, and decide again");
        return Faulty();
    }

    private Depth? Chosen(bool nothingToo)
    {
        if (Depths.Parse(Depth) is { } depth && (nothingToo || depth > Own.Depth)) return depth;
        ModelState.AddModelError(nameof(Depth), $"Select what {They} will see");
        return null;
    }

    /// <summary>Whether a lead who opens the round has said that they know; it is told where not.</summary>
    private bool Tells(Depth depth)
    {
        if (!IsLast || IsCorrection || depth == Readiness.Sharing.Depth.Nothing || KnowsItReveals) return true;
        ModelState.AddModelError(nameof(KnowsItReveals), IsCandidates
            ? "All members have chosen: tick the box to confirm that you and they then see each other"
            : "All others have sealed: tick the box to confirm that this opens the round");
        return false;
    }

    private async Task<bool> FindAsync(CancellationToken cancellation)
    {
        if (HttpContext.SignedIn() is null || await door.OpenAsync(HttpContext, Reference) is not { IsPart: true, IsLed: true } open) return false;
        if (await board.FindByPartAsync(Id, Person, cancellation) is not var (programme, round, part)) return false;
        (Open, Programme, Round, Part) = (open, programme, round, part);
        if (open.IsTeams) Agreement = await lens.FindAsync(Id, Person, cancellation);
        if (!open.IsReadOnly) Waiting = open.StillWaiting(await carry.OfAsync(Id, cancellation)).Count();
        return true;
    }
}
