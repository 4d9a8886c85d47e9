using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Rasp.Pages;

/// <summary>Something broke. A form that broke is shown this page too, without being asked for its token again.</summary>
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class ErrorModel : PageModel
{
    /// <summary>What the server's log has beside the fault.</summary>
    public string Reference => HttpContext.TraceIdentifier;
}
