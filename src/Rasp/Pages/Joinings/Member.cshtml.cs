using Microsoft.AspNetCore.Mvc;
using Rasp.Data.Joinings;
using Rasp.Data.Programmes;
using Rasp.Mails;
using Rasp.Pages.Programmes;
using Rasp.Readiness.Sharing;

namespace Rasp.Pages.Joinings;

/// <summary>How deep a member shows itself to a candidate: chosen before they see each other; deepened or taken back after.</summary>
public sealed class MemberModel(ProgrammeBoard board, JoiningDesk desk, NoticeWriter notices) : JoiningPage(board)
{
    [FromRoute]
    public string Organisation { get; set; } = "";

    /// <summary>nothing, areas, questions or everything.</summary>
    [BindProperty]
    public string? Depth { get; set; }

    /// <summary>The number of the round that the page named.</summary>
    [BindProperty]
    public int? Held { get; set; }

    /// <summary>Ticked where this opens it.</summary>
    [BindProperty]
    public bool KnowsItReveals { get; set; }

    [BindProperty]
    public bool IsSure { get; set; }

    public JoiningMember Member { get; private set; } = null!;

    public OwnChoice Own => Member.Own!;

    /// <summary>Whether the candidate and all other members wait for this one alone.</summary>
    public bool IsLast => Round.RevealedAt is null && Joining.WaitsFor(Member, Part?.Progress);

    /// <summary>What can be chosen now: no deeper than the member shows in its own round.</summary>
    public IReadOnlyList<Depth> Possible => [.. SharingWords.All.Where(d => d <= Own.Most && (Round.RevealedAt is null || d > Own.Depth))];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await FindMemberAsync(cancellation)) return NotFound();
        Depth = Own.Depth?.Word();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindMemberAsync(cancellation)) return NotFound();
        if (Held is { } held && held != Joining.Base) return Changed();
        if (Depths.Parse(Depth) is not { } depth || !Possible.Contains(depth)) ModelState.AddModelError(nameof(Depth), $"Select what {Joining.Name} may see");
        else if (IsLast && !KnowsItReveals) ModelState.AddModelError(nameof(KnowsItReveals), "All others wait for you: tick the box to confirm that you then see each other");
        return ModelState.IsValid ? await ChooseAsync(Depths.Parse(Depth)!.Value, Held ?? Joining.Base, cancellation) : Faulty();
    }

    public async Task<IActionResult> OnPostWithdrawAsync(CancellationToken cancellation)
    {
        if (!await FindMemberAsync(cancellation) || Round.RevealedAt is null) return NotFound();
        if (IsSure) return await ChooseAsync(Readiness.Sharing.Depth.Nothing, Joining.Base, cancellation);
        ModelState.AddModelError(nameof(IsSure), "Tick the box to confirm that what you showed should be taken back");
        return Faulty();
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindMemberAsync(cancellation) ? Page() : NotFound();

    private async Task<IActionResult> ChooseAsync(Depth depth, int held, CancellationToken cancellation)
    {
        switch (await desk.ChooseAsync(Round.Id, SignedIn.Person, Member.Organisation, depth, held, JoiningWords.MemberVersion, KnowsItReveals, cancellation))
        {
            case SealOutcome.Done or SealOutcome.Revealed:
                notices.Tell();
                return Redirect(Links.Joining(Round.Id));
            case SealOutcome.NotFound: return NotFound();
            default:
                await FindMemberAsync(cancellation);
                return Changed();
        }
    }

    private async Task<bool> FindMemberAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation) || Joining.Members.FirstOrDefault(m => m.Organisation.ToString("N") == Organisation) is not { Own: { AmLead: true, IsWithdrawn: false } } member) return false;
        Member = member;
        return Joining.Outcome is null || Round.RevealedAt is not null;
    }
}
