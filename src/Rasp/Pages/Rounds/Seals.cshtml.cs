using Microsoft.AspNetCore.Mvc;
using Rasp.Accounts;
using Rasp.Data.Joinings;
using Rasp.Data.Programmes;
using Rasp.Data.Trails;
using Rasp.Seals;

namespace Rasp.Pages.Rounds;

/// <summary>The seals of a round that is open to all, each verified when it is looked at.</summary>
public sealed class SealsModel(RoundLens lens, JoiningLens joinings, ReadTrail trail) : AccountPage
{
    public Guid Round { get; private set; }

    public SeenSeals Seen { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancellation)
    {
        if (!Guid.TryParseExact(reference, "N", out var round)) return NotFound();
        if ((await lens.SealsAsync(round, SignedIn.Person, cancellation) ?? await joinings.SealsAsync(round, SignedIn.Person, cancellation)) is not { } seen) return NotFound();
        await trail.NoteAsync(TrailKind.SealRead, seen.Reading, cancellation);
        (Round, Seen) = (round, seen);
        return Page();
    }

    /// <summary>There is no form here to show again.</summary>
    public override Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => Task.FromResult<IActionResult>(NotFound());

    /// <summary>What the file of a seal is called.</summary>
    public string FileOf(SeenSeal seal) => SealDownloads.NameOf(Seen, seal.Owner, seal.Number);
}
