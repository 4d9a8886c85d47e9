using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rasp.Joinings;
using Rasp.Readiness.Scoring;

namespace Rasp.Pages.Fits;

/// <summary>A candidate against the members: what it must mend, what it should ask, where it would be the weakest and the strongest. The same words for both sides.</summary>
public sealed class IndexModel(FitDoor door) : PageModel
{
    /// <summary>So many questions are named where they are many; all stand in the list.</summary>
    public const int Named = 12;

    public FitView View { get; private set; } = null!;

    public FitFilter Filter { get; private set; } = null!;

    public IReadOnlyList<QuestionFit> Questions { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string reference)
    {
        if (await door.OpenAsync(HttpContext, reference) is not { } open) return FitDoor.Closed(HttpContext, reference);
        View = new(open);
        Filter = FitFilter.Of(View.Instrument, Request.Query);
        Questions = [.. (View.Shared.Fit?.Questions ?? []).Where(Filter.Matches)];
        return Page();
    }
}
