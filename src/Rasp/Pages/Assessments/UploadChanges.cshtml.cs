using Microsoft.AspNetCore.Mvc;
using Rasp.Assessments;
using Rasp.Data;
using Rasp.Data.Agreements;
using Rasp.Data.Uploads;
using Rasp.Forms;
using Rasp.Readiness.Instruments;
using Rasp.Workbooks;

namespace Rasp.Pages.Assessments;

/// <summary>What an uploaded file would change, to be confirmed; then what became of it.</summary>
public sealed class UploadChangesModel(AssessmentDoor door, AgreementLens lens, UploadDesk desk) : FormPage
{
    /// <summary>So much of a text stands in the list.</summary>
    private const int MostOfText = 90;

    [FromRoute]
    public string Reference { get; set; } = "";

    public OpenAssessment Open => Taken.Open;

    public string? WhyNot => Taken.WhyNot;

    /// <summary>What the file comes to.</summary>
    public UploadedContent Uploaded { get; private set; } = null!;

    /// <summary>When it is gone.</summary>
    public DateTimeOffset GoneAt { get; private set; }

    /// <summary>What confirming changes.</summary>
    public IReadOnlyList<Change> Changes { get; private set; } = [];

    /// <summary>What has changed here since, and is refused.</summary>
    public IReadOnlyList<Change> Stale { get; private set; } = [];

    private TakenAnswers Taken { get; set; } = null!;

    private Guid Id => Guid.TryParseExact((string?)RouteData.Values["upload"], "N", out var id) ? id : Guid.Empty;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) => await FindAsync(cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostConfirmAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation)) return NotFound();
        if (WhyNot is { } why)
        {
            ModelState.AddModelError("", $"Nothing was changed. {why.TrimEnd('.')}");
            return Faulty();
        }
        var (_, holder) = AssessmentDoor.Key(HttpContext, Reference)!.Value;
        await desk.ConfirmAsync(Id, Taken.Target, holder, Open.Seen.Facts.Stage, Changes.Select(c => c.Question.Key).ToHashSet(StringComparer.Ordinal), cancellation);
        door.LookAgain(Reference);
        return Redirect(Links.UploadChanges(Reference, Id));
    }

    public async Task<IActionResult> OnPostDiscardAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation)) return NotFound();
        await desk.DiscardAsync(Id, Taken.Target, cancellation);
        return Redirect(Links.Upload(Reference));
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindAsync(cancellation) ? Page() : NotFound();

    public string Address => Links.UploadChanges(Reference, Id);

    /// <summary>Where a question is answered, or settled on.</summary>
    public string LinkTo(Question question) => Taken.IsAgreed ? Links.Agreement(Reference, question) : Links.Question(Reference, question);

    /// <summary>What differs between two answers: what it is, what it was and what it becomes, in words.</summary>
    public IEnumerable<(string What, string From, string To)> Differences(StoredAnswer from, StoredAnswer to)
    {
        var instrument = Open.Seen.Instrument;
        if (from.Choice != to.Choice) yield return ("Answer", Choice(from), Choice(to));
        if (from.Stance != to.Stance) yield return ("Compromise", Stance(from), Stance(to));
        if (from.Note != to.Note) yield return ("Note", Part(from.Note, to.Note), Part(to.Note, from.Note));
        if (from.Evidence != to.Evidence) yield return ("Evidence", Part(from.Evidence, to.Evidence), Part(to.Evidence, from.Evidence));

        string Choice(StoredAnswer answer) => answer.Choice is { } choice ? AnswerWords.Of(choice, instrument) : "none";

        static string Stance(StoredAnswer answer) => answer.Stance is { } stance ? AnswerWords.Of(stance) : "not said";
    }

    /// <summary>A text from shortly before where it differs from another, so that the difference is seen.</summary>
    private static string Part(string? text, string? other)
    {
        if (text is null) return "none";
        var same = other is null ? 0 : text.AsSpan().CommonPrefixLength(other);
        var from = text.Length <= MostOfText || same <= MostOfText / 2 ? 0 : same - (MostOfText / 3);
        if (from > 0 && char.IsLowSurrogate(text[from])) from--;
        return $"“{(from > 0 ? "…" : null)}{Readiness.Shown.Start(text[from..], MostOfText)}”";
    }

    private async Task<bool> FindAsync(CancellationToken cancellation)
    {
        if (await door.OpenAsync(HttpContext, Reference) is not { } open) return false;
        Taken = await TakenAnswers.OfAsync(HttpContext, open, lens);
        if (open.IsExample || await desk.FindAsync(Id, Taken.Target, cancellation) is not { } upload) return false;
        (Uploaded, GoneAt) = (upload.Content, upload.At + UploadDesk.KeptFor);
        var all = Uploaded.Answers.Select(a => (Uploaded: a, Question: open.Order.Find(a.Question)?.Question)).Where(a => a.Question is not null)
            .Select(a => (a.Uploaded, Change: new Change(a.Question!, Taken.For(a.Question!).Answer, a.Uploaded.Answer()), Taken.For(a.Question!).Version)).ToList();
        Changes = [.. all.Where(a => Uploaded.Saved is null && a.Uploaded.Version == a.Version).Select(a => a.Change)];
        Stale = [.. all.Where(a => Uploaded.Saved is not null || a.Uploaded.Version != a.Version).Select(a => a.Change)];
        return true;
    }

    /// <summary>One answer: what it is now, and what the file has.</summary>
    public sealed record Change(Question Question, StoredAnswer Now, StoredAnswer InFile);
}
