using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rasp.Api;

namespace Rasp.Pages.Api;

/// <summary>What programs can ask for: to browsers this page, to all others the description as OpenAPI, unless the page's own address is asked for.</summary>
public sealed class IndexModel(ApiDescription description) : PageModel
{
    public ApiReading Reading { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        var json = await description.JsonAsync(cancellation);
        Response.Headers.Vary = "Accept";
        if (Request.Path == Links.Api && !ApiDescription.IsForPeople(Request)) return File(json, ApiDescription.MediaType);
        Reading = new(JsonNode.Parse(json)!);
        return Page();
    }
}
