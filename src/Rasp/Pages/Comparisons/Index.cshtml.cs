using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rasp.Comparisons;
using Rasp.Readiness.Scoring;

namespace Rasp.Pages.Comparisons;

/// <summary>Partners side by side: what they agree on, then where they differ, in the order in which to talk about it.</summary>
public sealed class IndexModel(ComparisonDoor door) : PageModel
{
    /// <summary>So many questions stand on a page, and fewer where each has many partners' tiles.</summary>
    private const int MostOnAPage = 15;

    private const int FewestOnAPage = 8;

    private const int TilesOnAPage = 96;

    public const string PageField = "page";

    public ComparisonView View { get; private set; } = null!;

    /// <summary>Which part of the list this is, from 1: the first has everything else too.</summary>
    public int Part { get; private set; } = 1;

    public int Parts { get; private set; } = 1;

    public int OnAPage { get; private set; } = MostOnAPage;

    public IReadOnlyList<ComparedQuestion> Shown { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string reference)
    {
        if (await door.OpenAsync(HttpContext, reference) is not { } open) return ComparisonDoor.Closed(HttpContext, reference);
        View = new(open, QuestionFilter.Of(open.Instrument, Request.Query));
        OnAPage = Math.Clamp(TilesOnAPage / open.Shared.Partners.Count, FewestOnAPage, MostOnAPage);
        Parts = Math.Max(1, (View.Questions.Count + OnAPage - 1) / OnAPage);
        Part = int.TryParse(Request.Query[PageField], NumberStyles.None, CultureInfo.InvariantCulture, out var part) ? Math.Clamp(part, 1, Parts) : 1;
        Shown = [.. View.Questions.Skip((Part - 1) * OnAPage).Take(OnAPage)];
        return Page();
    }

    /// <summary>A part of the list, with the same filter.</summary>
    public string LinkToPart(int part) =>
        View.Filter.On(Links.Comparison(View.Reference), part == 1 ? [] : [new(PageField, part.ToString(CultureInfo.InvariantCulture))]) + "#talk";
}
