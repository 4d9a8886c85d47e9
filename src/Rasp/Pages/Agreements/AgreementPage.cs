using Microsoft.AspNetCore.Mvc;
using Rasp.Accounts;
using Rasp.Assessments;
using Rasp.Data.Agreements;

namespace Rasp.Pages.Agreements;

/// <summary>A page about what several people of an organisation answered, for those who may see it; to all others it is not there.</summary>
public abstract class AgreementPage(AgreementLens lens) : AccountPage
{
    [FromRoute]
    public string Reference { get; set; } = "";

    public SeenAgreement Seen { get; private set; } = null!;

    /// <summary>As leads go through the questions, whichever they were asked themselves.</summary>
    public QuestionOrder Order => QuestionOrder.Of(Seen.Instrument, Seen.Stage);

    protected Guid Id => Guid.ParseExact(Reference, "N");

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindAsync(cancellation) ? Page() : NotFound();

    /// <summary>False where there is nothing for this person to see.</summary>
    protected async Task<bool> FindAsync(CancellationToken cancellation)
    {
        Response.KeepPrivate();
        if (!Guid.TryParseExact(Reference, "N", out var id) || await lens.FindAsync(id, SignedIn.Person, cancellation) is not { } seen) return false;
        Seen = seen;
        return true;
    }
}
