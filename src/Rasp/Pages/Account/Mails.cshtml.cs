using Microsoft.AspNetCore.Mvc;
using Rasp.Accounts;
using Rasp.Data.Accounts;

namespace Rasp.Pages.Account;

/// <summary>Which mails one wants.</summary>
public sealed class MailsModel(People people) : AccountPage
{
    [BindProperty]
    public string? Reminders { get; set; }

    public async Task OnGetAsync(CancellationToken cancellation) => Reminders = await people.WantsRemindersAsync(SignedIn.Person, cancellation) ? "yes" : "no";

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (Reminders is not ("yes" or "no"))
        {
            ModelState.AddModelError(nameof(Reminders), "Select whether you want reminders");
            return Faulty();
        }
        await people.WantRemindersAsync(SignedIn.Person, Reminders == "yes", cancellation);
        return Redirect(Links.Account);
    }

    public override Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => Task.FromResult<IActionResult>(Page());
}
