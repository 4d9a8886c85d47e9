using Microsoft.AspNetCore.Mvc;
using Rasp.Accounts;
using Rasp.Assessments;
using Rasp.Data;
using Rasp.Data.Programmes;
using Rasp.Forms;

namespace Rasp.Pages.Assessments;

/// <summary>Takes the answers of an assessment in confidence, which is in one's account, as the start of an organisation's part in a round.</summary>
public sealed class StartFromModel(AssessmentDoor door, ProgrammeBoard board, ProgrammeDesk programmes, AssessmentDesk desk) : FormPage
{
    [FromRoute]
    public string Reference { get; set; } = "";

    [BindProperty]
    public string? Source { get; set; }

    public ProgrammeView Programme { get; private set; } = null!;

    public PartRow Part { get; private set; } = null!;

    public IReadOnlyList<ClaimedAssessment> Claimed { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) => await FindAsync(cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation)) return NotFound();
        if (Claimed.FirstOrDefault(c => c.Id.ToString("N") == Source) is not { } source)
        {
            ModelState.AddModelError(nameof(Source), "Select the assessment to start from");
            return Faulty();
        }
        var id = Guid.ParseExact(Reference, "N");
        if (await programmes.StartFromAsync(id, HttpContext.SignedIn()!.Person, source.Id, cancellation) is not null) return Redirect(Links.Assessment(Reference));
        ModelState.AddModelError("", "Something is answered here already, so nothing was taken over");
        return Faulty();
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindAsync(cancellation) ? Page() : NotFound();

    private async Task<bool> FindAsync(CancellationToken cancellation)
    {
        if (HttpContext.SignedIn() is not { } signedIn || await door.OpenAsync(HttpContext, Reference) is not { IsPart: true, IsReadOnly: false }) return false;
        if (await board.FindByPartAsync(Guid.ParseExact(Reference, "N"), signedIn.Person, cancellation) is not var (programme, _, part) || !part.Own!.AmLead) return false;
        (Programme, Part, Claimed) = (programme, part, await desk.OfAsync(signedIn.Person, cancellation));
        return true;
    }
}
