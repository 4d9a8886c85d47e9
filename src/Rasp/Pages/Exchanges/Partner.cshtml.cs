using Microsoft.AspNetCore.Mvc;
using Rasp.Data.Exchanges;
using Rasp.Exchanges;
using Rasp.Readiness.Sharing;

namespace Rasp.Pages.Exchanges;

/// <summary>A partner on another server: its key, its seal, what was released to it, and what it released.</summary>
public sealed class PartnerModel(ExchangeBoard board, ExchangeDesk desk) : ExchangePage(board)
{
    [FromRoute]
    public string Partner { get; set; } = "";

    /// <summary>Of an organisation here.</summary>
    [BindProperty]
    public string? Organisation { get; set; }

    /// <summary>How deep the page said that it would be.</summary>
    [BindProperty]
    public string? Depth { get; set; }

    [BindProperty]
    public bool IsSame { get; set; }

    [BindProperty]
    public bool IsSure { get; set; }

    public PartyElsewhere There { get; private set; } = null!;

    /// <summary>How deep an organisation here and this partner show each other; null where one of them shows nothing.</summary>
    public Depth? Between(PartyHere here) =>
        There.Seal is { Shares: true } seal && here.Part.Own?.Depth is { } own && Depths.Lesser(own, seal.Depth) is var lesser and not Readiness.Sharing.Depth.Nothing ? lesser : null;

    /// <summary>Whether there is something of an organisation here that was not released to this partner yet.</summary>
    public bool CanRelease(PartyHere here) =>
        View.IsOpen && here is { AmLead: true, Thumbprint: not null, Part.Progress: Data.Programmes.Progress.Shared } && Between(here) is { } depth
        && There.Released.Count(r => r.Organisation == here.Organisation && r.Depth == depth) < here.Part.Version;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) => await FindAsync(cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostConfirmAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation) || !View.Programme.MayManage) return NotFound();
        if (!IsSame) return Untick(nameof(IsSame), $"Tick the box to confirm that you and {There.Name} read the same key");
        return await AnswerAsync(await desk.ConfirmAsync(Round, There.Id, SignedIn.Person, cancellation), $"The key of {There.Name} is confirmed.", Links.Exchange(Round), cancellation);
    }

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation) || !View.Programme.MayManage) return NotFound();
        return await AnswerAsync(await desk.RemoveAsync(Round, There.Id, SignedIn.Person, cancellation), $"{There.Name} is out of this round.", Links.Exchange(Round), cancellation);
    }

    public async Task<IActionResult> OnPostReleaseAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation) || View.Mine.FirstOrDefault(h => h.Organisation.ToString("N") == Organisation) is not { } own || Depths.Parse(Depth) is not { } depth) return NotFound();
        if (!IsSure) return Untick(nameof(IsSure), $"Tick the box to confirm that {own.Name} releases this to {There.Name}");
        var outcome = await desk.ReleaseAsync(Round, own.Organisation, There.Id, SignedIn.Person, depth, Close, Envelope.Largest, cancellation);
        return await AnswerAsync(outcome, $"It is released. Download the bundle, and send it to {There.Name}.", Links.ExchangePartner(Round, There.Id), cancellation);

        static string Close(Bundle bundle, SecretKeys keys, ExchangeKey to) => Envelope.Encrypt(Envelope.Sign(Envelope.BundleType, bundle.Write(), keys.Signing), to);
    }

    protected override async Task<bool> FindAsync(CancellationToken cancellation)
    {
        if (!await base.FindAsync(cancellation) || View.Elsewhere.FirstOrDefault(e => e.Id.ToString("N") == Partner) is not { } there) return false;
        There = there;
        return true;
    }

    private IActionResult Untick(string field, string what)
    {
        ModelState.AddModelError(field, what);
        return Faulty();
    }

    private async Task<IActionResult> AnswerAsync(ExchangeOutcome outcome, string done, string address, CancellationToken cancellation)
    {
        switch (outcome.End)
        {
            case ExchangeEnd.Done: return Tell(done, address);
            case ExchangeEnd.NotFound: return NotFound();
            case ExchangeEnd.Refused:
                ModelState.AddModelError("", $"Nothing was released: {outcome.Why}");
                return Faulty();
            default: return await ChangedAsync(cancellation);
        }
    }
}
