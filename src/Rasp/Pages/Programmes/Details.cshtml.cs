using Microsoft.AspNetCore.Mvc;
using Rasp.Data;
using Rasp.Data.Programmes;
using Rasp.Readiness.Instruments;

namespace Rasp.Pages.Programmes;

/// <summary>Changes what a programme says of itself.</summary>
public sealed class DetailsModel(ProgrammeBoard board, ProgrammeDesk desk, InstrumentLibrary instruments) : ProgrammePage(board)
{
    [BindProperty]
    public ProgrammeForm Form { get; set; } = new();

    public Instrument Instrument => instruments.Current;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await FindToManageAsync(cancellation)) return NotFound();
        Form = new() { Name = Programme.Name, What = Programme.What, Why = Programme.Why, Stage = Programme.Stage };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindToManageAsync(cancellation)) return NotFound();
        Form.Check(ModelState, Instrument);
        if (!ModelState.IsValid) return Faulty();
        return await desk.ChangeAsync(Programme.Id, SignedIn.Person, Form.CleanName(), Form.CleanWhat(), Form.CleanWhy(), Form.Stage!, cancellation) ? Redirect(Links.Programme(Programme.Id)) : NotFound();
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindToManageAsync(cancellation) ? Page() : NotFound();
}
