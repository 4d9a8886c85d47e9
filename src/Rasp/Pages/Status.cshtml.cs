using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rasp.Forms;

namespace Rasp.Pages;

/// <summary>What a refusal looks like to people. A refused form is shown it too, without being asked for its token again.</summary>
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class StatusModel : PageModel
{
    public int Code { get; private set; }

    /// <summary>How many bytes a form with a file may have where it was one that was refused; null where it was not.</summary>
    public long? LargestFile { get; private set; }

    // Asked for at its own address, the page still answers with the status that it explains.
    public void OnGet() => Explain();

    public void OnPost() => Explain();

    private void Explain()
    {
        // Not a parameter: for these the framework reads the form, and that may be what was refused.
        var code = int.Parse((string)RouteData.Values["code"]!, CultureInfo.InvariantCulture);
        Code = code is >= 400 and <= 599 ? code : 404;
        Response.StatusCode = Code;
        LargestFile = HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.Endpoint?.Metadata.GetMetadata<TakesFilesAttribute>()?.Largest;
    }
}
