using Microsoft.AspNetCore.Mvc;
using Rasp.Accounts;
using Rasp.Assessments;
using Rasp.Data;
using Rasp.Readiness.Instruments;

namespace Rasp.Pages.Assessments;

/// <summary>Starts an assessment in confidence that looks at an earlier one again, for whoever keeps that in their account.</summary>
public sealed class AgainModel(AssessmentDoor door, AssessmentDesk desk, InstrumentLibrary instruments) : OwnAssessmentPage(door)
{
    public const string Newest = "newest";
    public const string Same = "same";

    [BindProperty]
    public string? Stage { get; set; }

    /// <summary>The newest questions or the same; asked only where these differ.</summary>
    [BindProperty]
    public string? Questions { get; set; }

    public Instrument Asked => Open.Seen.Instrument;

    public Instrument Current => instruments.Current;

    public InstrumentDiff To(Instrument instrument, string stage) => InstrumentDiff.Between(Asked, Open.Seen.Facts.Stage, instrument, stage);

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await OpenMineAsync()) return NotFound();
        Stage = Open.Seen.Facts.Stage;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await OpenMineAsync()) return NotFound();
        if ((Questions == Newest ? Current : Asked).Stages.All(s => s.Key != Stage)) ModelState.AddModelError(nameof(Stage), "Select where the programme is");
        if (Asked != Current && Questions is not (Newest or Same)) ModelState.AddModelError(nameof(Questions), "Select which questions you want to be asked");
        if (!ModelState.IsValid) return Faulty();
        return await desk.AgainAsync(Open.Seen.Facts.Id, HttpContext.SignedIn()!.Person, new(Stage, Questions == Newest), cancellation) is { } id ? Redirect(Links.Assessment(id.ToString("N"))) : NotFound();
    }

    private async Task<bool> OpenMineAsync() => await OpenAsync() && Open.IsMine;
}
