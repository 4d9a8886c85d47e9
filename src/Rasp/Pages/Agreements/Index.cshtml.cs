using Microsoft.AspNetCore.Mvc;
using Rasp.Agreements;
using Rasp.Data.Agreements;
using Rasp.Data.Teams;
using Rasp.Readiness.Anonymity;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;

namespace Rasp.Pages.Agreements;

/// <summary>From many answers to one: what divides the organisation, what it does not know, what it can accept, and what it stands by.</summary>
public sealed class IndexModel(AgreementLens lens, Agreeing agreeing, Openings openings) : AgreementPage(lens)
{
    private const string Once = "agreement";
    private const string NotOnce = "agreement-not";

    /// <summary>What "accept" would record, as the page showed it: keys with their answers.</summary>
    [BindProperty]
    public string? Shown { get; set; }

    /// <summary>The key of the area that is signed off, or no longer.</summary>
    [BindProperty]
    public string? Area { get; set; }

    public Agenda Agenda { get; private set; } = null!;

    /// <summary>What was done a moment ago, in words; null where nothing was.</summary>
    public string? Done { get; private set; }

    /// <summary>What could not be done a moment ago, and why; null where nothing.</summary>
    public string? NotDone { get; private set; }

    public bool IsAnonymous => Seen.Attribution == Attribution.Anonymous;

    /// <summary>Whether nothing is to be seen yet: nobody has answered, or nothing was opened.</summary>
    public bool IsEmpty => Seen.Result.Questions.All(q => q.Answer.Choice is null);

    public int Settled => Seen.Result.Questions.Count(q => q.Answer.IsAgreed);

    public string Acceptable => string.Join(' ', Agenda.Acceptable.Select(q => $"{q.Question.Key}={q.Answer.Choice}"));

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await FindAllAsync(cancellation)) return NotFound();
        // The same page one level deeper: relative links would miss.
        if (HttpContext.Request.Path.Value!.EndsWith('/')) return RedirectPermanent(Links.Agreement(Reference));
        (Done, NotDone) = (TempData[Once] as string, TempData[NotOnce] as string);
        return Page();
    }

    public async Task<IActionResult> OnPostOpenAsync(CancellationToken cancellation)
    {
        if (!await FindAllAsync(cancellation) || !Seen.MayDecide) return NotFound();
        if (await openings.OpenAsync(Id, SignedIn.Person, cancellation) is not { } outcome) return NotFound();
        TempData[outcome.Opened == 0 ? NotOnce : Once] = outcome switch
        {
            { Shown: 0 } => $"Nothing could be opened: no question has answers of {Opening.Fewest} people yet.",
            { Opened: 0 } => $"Nothing new could be opened: since the last time fewer than {Opening.Fewest} people have answered or changed, or it was opened twice already.",
            _ => $"Opened: you see the answers to {Readiness.Shown.Count(outcome.Shown, "question")}, {outcome.Opened} of them new.",
        };
        return Redirect(Links.Agreement(Reference));
    }

    public async Task<IActionResult> OnPostAcceptAsync(CancellationToken cancellation)
    {
        if (!await FindAllAsync(cancellation) || !Seen.MayDecide) return NotFound();
        var shown = (Shown ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split('=')).Where(s => s.Length == 2).DistinctBy(s => s[0]).ToDictionary(s => s[0], s => s[1], StringComparer.Ordinal);
        if (await agreeing.AcceptAsync(Id, SignedIn.Person, shown, cancellation) is not { } count) return NotFound();
        TempData[Once] = count == shown.Count ? $"{Readiness.Shown.Count(count, "answer")} recorded as agreed."
            : $"{Readiness.Shown.Count(count, "answer")} recorded as agreed. {Readiness.Shown.Count(shown.Count - count, "other has", "others have")} changed since you opened the page: look at {(shown.Count - count == 1 ? "it" : "them")} again.";
        return Redirect(Links.Agreement(Reference));
    }

    public Task<IActionResult> OnPostSignAsync(CancellationToken cancellation) => SignAsync(isSigned: true, cancellation);

    public Task<IActionResult> OnPostUnsignAsync(CancellationToken cancellation) => SignAsync(isSigned: false, cancellation);

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindAllAsync(cancellation) ? Page() : NotFound();

    /// <summary>Relative to this page: there are a hundred of them.</summary>
    public string LinkTo(Question question) => Links.Agreement(Reference, question)[(Links.Assessment(Reference).Length + 1)..];

    /// <summary>Why a question has to be talked about, in a few words.</summary>
    public static string Why(Finding finding) => finding.Kind switch
    {
        FindingKind.Split => "You are of two minds",
        FindingKind.UnknownShowStopper => "A possible show-stopper that nobody knows",
        _ => finding.Result.Level is null ? "Nobody knows" : "Many don’t know",
    };

    private async Task<IActionResult> SignAsync(bool isSigned, CancellationToken cancellation)
    {
        if (!await FindAllAsync(cancellation) || !Seen.MayDecide) return NotFound();
        if (await agreeing.SignOffAsync(Id, SignedIn.Person, Area ?? "", isSigned, cancellation) != AgreeOutcome.Done) return NotFound();
        return Redirect($"{Links.Agreement(Reference)}#{Area}");
    }

    private async Task<bool> FindAllAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation)) return false;
        Agenda = Agenda.Of(Seen);
        return true;
    }
}
