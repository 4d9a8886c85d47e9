using Microsoft.AspNetCore.Mvc;
using Rasp.Forms;

namespace Rasp.Assessments;

/// <summary>A form about an assessment in confidence, for whoever has its private link open or keeps it in their account; not for those whom they asked to answer.</summary>
public abstract class OwnAssessmentPage(AssessmentDoor door) : FormPage
{
    [FromRoute]
    public string Reference { get; set; } = "";

    protected AssessmentDoor Door => door;

    public OpenAssessment Open { get; private set; } = null!;

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await OpenAsync() ? Page() : NotFound();

    /// <summary>False where there is no such assessment for this visitor.</summary>
    protected async Task<bool> OpenAsync()
    {
        if (await door.OpenAsync(HttpContext, Reference) is not { IsExample: false, IsPart: false, IsLed: true } open) return false;
        Open = open;
        return true;
    }
}
