using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Rasp.Data.Exchanges;
using Rasp.Exchanges;
using Rasp.Forms;
using Rasp.Mails;

namespace Rasp.Pages.Exchanges;

/// <summary>A round with partners on other servers: introductions, seals, bundles, one after the other.</summary>
[TakesFiles(MostSent), RequestFormLimits(MultipartBodyLengthLimit = MostSent, MemoryBufferThreshold = MostSent)]
[EnableRateLimiting(RateLimits.Upload)]
public sealed class IndexModel(ExchangeBoard board, ExchangeDesk desk, Intake intake, NoticeWriter notices) : ExchangePage(board)
{
    /// <summary>With what stands around the file. As nothing larger is let in, the file is never put on a disk.</summary>
    private const int MostSent = Envelope.Largest + (64 * 1024);

    /// <summary>Of an organisation here.</summary>
    [BindProperty]
    public string? Organisation { get; set; }

    /// <summary>Of a partner.</summary>
    [BindProperty]
    public IFormFile? Upload { get; set; }

    /// <summary>Ticked where this opens the round.</summary>
    [BindProperty]
    public bool KnowsItReveals { get; set; }

    /// <summary>Whoever is missing last, where its seal would open the round; null where it would not.</summary>
    public PartyElsewhere? Last => View.Elsewhere.FirstOrDefault(View.SealReveals);

    /// <summary>Whether this person can bring in files: leads of partners here.</summary>
    public bool MayBring => View.Mine.Any();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) => await FindAsync(cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostKeysAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation) || View.Mine.FirstOrDefault(h => h.Organisation.ToString("N") == Organisation) is not { } own) return NotFound();
        var outcome = await desk.MakeKeysAsync(Round, own.Organisation, SignedIn.Person, Envelope.MakeKeys(), cancellation);
        return outcome.End switch
        {
            ExchangeEnd.Done => Tell($"The introduction of {own.Name} is made. Download it, and send it to your partners.", Links.Exchange(Round)),
            ExchangeEnd.NotFound => NotFound(),
            _ => await ChangedAsync(cancellation),
        };
    }

    public async Task<IActionResult> OnPostFileAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation) || !MayBring) return NotFound();
        if (Upload is not { Length: > 0 }) return Wrong("Choose the file that your partner sent you");
        if (Upload.Length > Envelope.Largest) return Wrong($"The file was not taken: it is larger than {Envelope.Largest / 1_000_000} MB, and no file of a partner is");
        using var bytes = new MemoryStream();
        await Upload.CopyToAsync(bytes, cancellation);
        var (kind, outcome) = await intake.TakeAsync(Round, SignedIn.Person, bytes.ToArray(), KnowsItReveals, cancellation);
        if (outcome.End is ExchangeEnd.Done or ExchangeEnd.Revealed) notices.Tell();
        var name = outcome.Partner is { } partner && await FindAsync(cancellation) ? View.Elsewhere.FirstOrDefault(e => e.Id == partner)?.Name : null;
        return (outcome.End, kind) switch
        {
            (ExchangeEnd.Done, Intake.Kind.Introduction) => Redirect(Links.ExchangePartner(Round, outcome.Partner!.Value)),
            (ExchangeEnd.Done, Intake.Kind.Seal) => Tell($"The seal of {name} is in.", Links.Exchange(Round)),
            (ExchangeEnd.Revealed, _) => Tell($"The seal of {name} is in, and the round is open here. Now each releases to each.", Links.Exchange(Round)),
            (ExchangeEnd.Done, _) => Tell($"What {name} released is in. It fits its seal, and stands in the comparison.", Links.ExchangePartner(Round, outcome.Partner!.Value)),
            (ExchangeEnd.WouldReveal, _) => Ticked(),
            (ExchangeEnd.Refused, _) => Wrong($"The file was not taken: {outcome.Why}"),
            (ExchangeEnd.NotFound, Intake.Kind.Introduction) => Wrong($"The file was not taken: it is an introduction, and those are brought in by leads of {Starters}"),
            (ExchangeEnd.NotFound, _) => NotFound(),
            _ => await ChangedAsync(cancellation),
        };
    }

    public async Task<IActionResult> OnPostOpenAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation) || !View.Programme.MayManage) return NotFound();
        if (!KnowsItReveals) return Ticked();
        var outcome = await desk.OpenAsync(Round, SignedIn.Person, KnowsItReveals, cancellation);
        if (outcome.End != ExchangeEnd.Revealed) return outcome.End == ExchangeEnd.NotFound ? NotFound() : await ChangedAsync(cancellation);
        notices.Tell();
        return Tell("The round is open here. Now each releases to each.", Links.Exchange(Round));
    }

    /// <summary>Whoever started the programme here.</summary>
    public string Starters => Readiness.Shown.List([.. View.Programme.Partners.Where(p => p.IsStarter).Select(p => p.Name)]);

    private IActionResult Wrong(string what)
    {
        ModelState.AddModelError(nameof(Upload), what);
        return Faulty();
    }

    private IActionResult Ticked()
    {
        ModelState.AddModelError(nameof(KnowsItReveals), "All others have sealed: tick the box to confirm that this opens the round");
        return Faulty();
    }
}
