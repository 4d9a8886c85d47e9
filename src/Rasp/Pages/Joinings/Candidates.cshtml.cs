using Microsoft.AspNetCore.Mvc;
using Rasp.Data.Joinings;
using Rasp.Data.Programmes;
using Rasp.Data.Trails;
using Rasp.Pages.Programmes;
using Rasp.Readiness.Scoring;

namespace Rasp.Pages.Joinings;

/// <summary>Candidates held to the same round, beside each other.</summary>
/// <param name="Base">That round's number.</param>
/// <param name="Fits">Each, as whoever looks sees it; those without a fit too.</param>
/// <param name="WhatIf">Floors, of those with a fit; null where none has.</param>
public sealed record CandidatesOfRound(int Base, IReadOnlyList<SeenFit> Fits, WhatIf? WhatIf)
{
    public IReadOnlyList<SeenFit> Fitted => [.. Fits.Where(f => f.Fit.Fit is not null)];
}

/// <summary>What if they joined: several candidates side by side, for members and facilitators alone.</summary>
public sealed class CandidatesModel(ProgrammeBoard board, JoiningLens lens, ReadTrail trail) : ProgrammePage(board)
{
    public IReadOnlyList<CandidatesOfRound> Rounds { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation) || Programme.IsCandidate || Programme.HasLeft) return NotFound();
        var seen = await lens.UndecidedAsync(Programme.Id, SignedIn.Person, cancellation);
        foreach (var one in seen) await trail.NoteAsync(TrailKind.FitRead, one.Reading, cancellation);
        Rounds = [.. seen.GroupBy(s => s.BaseNumber).OrderByDescending(g => g.Key).Select(g => new CandidatesOfRound(
            g.Key, [.. g], g.Select(s => s.Fit.Fit).OfType<Fit>().ToList() is { Count: > 0 } fits ? WhatIf.Of(fits) : null))];
        return Page();
    }
}
