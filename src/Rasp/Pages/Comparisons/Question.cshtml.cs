using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rasp.Comparisons;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Plans;
using Rasp.Readiness.Scoring;
using Rasp.Readiness.Sharing;

namespace Rasp.Pages.Comparisons;

/// <summary>One question as the partners answered it: to be talked about.</summary>
public sealed class QuestionModel(ComparisonDoor door) : PageModel
{
    public ComparisonView View { get; private set; } = null!;

    public Question Question { get; private set; } = null!;

    /// <summary>Null where it applies to fewer than two of those who show questions.</summary>
    public ComparedQuestion? Compared { get; private set; }

    /// <summary>Partners whose red lines meet; empty where none do.</summary>
    public IReadOnlyList<Release> Clashing { get; private set; } = [];

    public IReadOnlyList<Release> Others { get; private set; } = [];

    /// <summary>By priority, within the filter; all of them where the question is not within it.</summary>
    public ComparedQuestion? Previous { get; private set; }

    public ComparedQuestion? Next { get; private set; }

    public async Task<IActionResult> OnGetAsync(string reference, string areaKey, string theme, string key)
    {
        if (await door.OpenAsync(HttpContext, reference) is not { } open) return ComparisonDoor.Closed(HttpContext, reference);
        if (open.Shared.Questions is not { } compared) return NotFound();
        if (open.Instrument.Find($"{areaKey}.{theme}.{key}") is not { } question || !question.IsAskedAt(open.Shared.Stage)) return NotFound();
        View = new(open, QuestionFilter.Of(open.Instrument, Request.Query));
        (Question, Compared) = (question, compared.Find(question.Key));
        if (Compared is not null) FindNeighbours(Compared);
        if (Compared is { RedLinesClash: true }) Clashing = [.. open.Shared.Partners.Where(p => Compared.RedLines.Contains(p.Organisation))];
        Others = [.. open.Shared.Partners.Except(Clashing)];
        return Page();
    }

    /// <summary>What the instrument suggests to those at each level that has a suggestion, the lowest first.</summary>
    public IEnumerable<(int Level, IReadOnlyList<string> Organisations, IReadOnlyList<SuggestedAction> Actions)> ToDo() =>
        from partner in View.Shared.Partners
        let result = partner.Result?.Find(Question.Key)
        where result?.Level is not null
        group (partner.Organisation, result) by result.Level!.Value into at
        let actions = Suggestions.For(at.First().result)
        where actions.Count > 0
        orderby at.Key
        select (at.Key, (IReadOnlyList<string>)[.. at.Select(a => a.Organisation)], actions);

    public IReadOnlyList<Release> At(int level) => [.. View.Shared.Partners.Where(p => p.Result?.Find(Question.Key)?.Level == level)];

    private void FindNeighbours(ComparedQuestion one)
    {
        var among = View.Questions.Contains(one) ? View.Questions : View.All;
        var place = among.ToList().IndexOf(one);
        Previous = place > 0 ? among[place - 1] : null;
        Next = place + 1 < among.Count ? among[place + 1] : null;
    }
}
