using Microsoft.AspNetCore.Mvc.RazorPages;
using Rasp.Data.Signing;

namespace Rasp.Pages;

public sealed class KeysModel(SigningKeys keys) : PageModel
{
    public IReadOnlyList<ShownKey> Keys { get; private set; } = [];

    public async Task OnGetAsync() => Keys = await keys.AllAsync(HttpContext.RequestAborted);
}
