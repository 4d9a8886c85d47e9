using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rasp.Data;
using Rasp.Readiness.Instruments;

namespace Rasp.Pages.Questionnaires;

/// <summary>The questions of a stage on paper, for anybody.</summary>
public sealed class IndexModel(InstrumentLibrary instruments) : PageModel
{
    public Instrument Instrument => instruments.Current;

    public Named Stage { get; private set; } = null!;

    public IActionResult OnGet(string stage)
    {
        if (Instrument.Stages.FirstOrDefault(s => s.Key == stage) is not { } found) return NotFound();
        Stage = found;
        return Page();
    }
}
