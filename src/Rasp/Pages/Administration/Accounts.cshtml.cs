using Microsoft.AspNetCore.Mvc.RazorPages;
using Rasp.Data.Accounts;

namespace Rasp.Pages.Administration;

/// <summary>Who has an account.</summary>
public sealed class AccountsModel(People people) : PageModel
{
    public IReadOnlyList<AccountRow> Rows { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellation) => Rows = await people.AllAsync(cancellation);
}
