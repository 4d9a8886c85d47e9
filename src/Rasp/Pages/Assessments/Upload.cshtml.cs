using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Rasp.Assessments;
using Rasp.Data.Agreements;
using Rasp.Data.Uploads;
using Rasp.Forms;
using Rasp.Workbooks;

namespace Rasp.Pages.Assessments;

/// <summary>Takes a workbook or a CSV of answers, and leads to what it would change.</summary>
[TakesFiles(LargestForm), RequestFormLimits(MultipartBodyLengthLimit = LargestForm, MemoryBufferThreshold = LargestForm)]
[EnableRateLimiting(RateLimits.Upload)]
public sealed class UploadModel(AssessmentDoor door, AgreementLens lens, UploadDesk desk) : FormPage
{
    public const int LargestFile = 5_000_000;

    /// <summary>With what stands around the file. As nothing larger is let in, the file is never put on a disk.</summary>
    private const int LargestForm = LargestFile + (64 * 1024);

    private const int MostFaults = 20;

    [FromRoute]
    public string Reference { get; set; } = "";

    [BindProperty]
    public IFormFile? Upload { get; set; }

    public OpenAssessment Open => Taken.Open;

    /// <summary>Whether it is what was agreed that a file would change.</summary>
    public bool IsAgreed => Taken.IsAgreed;

    /// <summary>Why nothing can be uploaded; null where it can.</summary>
    public string? WhyNot => Taken.WhyNot;

    private TakenAnswers Taken { get; set; } = null!;

    public async Task<IActionResult> OnGetAsync() => await FindAsync() ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindAsync()) return NotFound();
        if (WhyNot is { } why) return Refuse(why.TrimEnd('.'));
        if (Upload is not { FileName.Length: > 0 } file) return Refuse("Choose the file that you filled in");
        if (file.Length > LargestFile) return Refuse($"The file must be {LargestFile / 1_000_000} MB or smaller");
        using var bytes = new MemoryStream((int)file.Length);
        await file.CopyToAsync(bytes, cancellation);
        var (content, faults) = UploadReading.Read(new(file.FileName, bytes.ToArray()), Taken);
        if (content is null)
        {
            foreach (var fault in faults.Take(MostFaults)) ModelState.AddModelError(nameof(Upload), fault);
            if (faults.Count > MostFaults) ModelState.AddModelError(nameof(Upload), $"There are {Readiness.Shown.Count(faults.Count - MostFaults, "more fault")}");
            return Faulty();
        }
        return Redirect(Links.UploadChanges(Reference, await desk.AddAsync(Taken.Target, content, cancellation)));
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindAsync() ? Page() : NotFound();

    private IActionResult Refuse(string why)
    {
        ModelState.AddModelError(WhyNot is null ? nameof(Upload) : "", why);
        return Faulty();
    }

    private async Task<bool> FindAsync()
    {
        if (await door.OpenAsync(HttpContext, Reference) is not { } open) return false;
        Taken = await TakenAnswers.OfAsync(HttpContext, open, lens);
        return true;
    }
}
