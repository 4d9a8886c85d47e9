using Microsoft.AspNetCore.Mvc.RazorPages;
using Rasp.Data;

namespace Rasp.Pages.Administration;

/// <summary>What was sent to whom, and whether it went: never what it said.</summary>
public sealed class MailsModel(Outbox outbox, Post post) : PageModel
{
    public const int Most = 200;

    public IReadOnlyList<MailRow> Rows { get; private set; } = [];

    public bool IsSetUp => post.IsSetUp;

    public async Task OnGetAsync(CancellationToken cancellation) => Rows = await outbox.NewestAsync(Most, cancellation);
}
