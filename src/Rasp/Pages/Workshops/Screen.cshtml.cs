using Microsoft.AspNetCore.Mvc;
using Rasp.Data.Workshops;

namespace Rasp.Pages.Workshops;

/// <summary>The big screen, opened by whoever runs the workshop: it holds nothing that the room may not see.</summary>
public sealed class ScreenModel(WorkshopLens lens, Settings settings, TimeProvider clock) : WorkshopPage(lens, clock)
{
    public Turnout Turnout { get; private set; } = null!;

    /// <summary>Where people type the code, as they would type it.</summary>
    public string JoinAddress() => $"{settings.Url.Authority}{settings.Url.AbsolutePath.TrimEnd('/')}{Links.Join}";

    public string JoinLink() => Links.Absolute(settings.Url, Links.JoinBy(Room.Code));

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation) || !Room.Runs) return Closed();
        Turnout = await Lens.TurnoutAsync(Room, cancellation);
        return Shown(Part == "turnout" ? "_ScreenTurnout" : "_OnScreen");
    }

    /// <summary>There is no form here to show again.</summary>
    public override Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => Task.FromResult<IActionResult>(NotFound());
}
