using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rasp.Data;

namespace Rasp.Pages.Development;

/// <summary>All mails with what they say, for whoever develops Rasp; elsewhere there is no such page.</summary>
public sealed class MailsModel(Outbox outbox, IHostEnvironment environment) : PageModel
{
    public const int Most = 50;

    public IReadOnlyList<Letter> Letters { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!environment.IsDevelopment()) return NotFound();
        Response.KeepPrivate();
        Letters = await outbox.BodiesAsync(Most, cancellation);
        return Page();
    }
}
