using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rasp.Comparisons;
using Rasp.Readiness.Scoring;

namespace Rasp.Pages.Comparisons;

/// <summary>All of a comparison on one page, for paper: what the filter lets through, with levels and notes.</summary>
public sealed class PrintModel(ComparisonDoor door) : PageModel
{
    public ComparisonView View { get; private set; } = null!;

    /// <summary>Those worth talking about, in full.</summary>
    public IReadOnlyList<ComparedQuestion> InFull { get; private set; } = [];

    /// <summary>The others, in short.</summary>
    public IReadOnlyList<ComparedQuestion> InShort { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string reference)
    {
        if (await door.OpenAsync(HttpContext, reference) is not { } open) return ComparisonDoor.Closed(HttpContext, reference);
        View = new(open, QuestionFilter.Of(open.Instrument, Request.Query), isPaper: true);
        (InFull, InShort) = ([.. View.Questions.Where(ComparisonView.IsToTalkAbout)], [.. View.Questions.Where(q => !ComparisonView.IsToTalkAbout(q))]);
        return Page();
    }
}
