using Microsoft.AspNetCore.Mvc;
using Rasp.Data.Agreements;
using Rasp.Data.Teams;
using Rasp.Readiness.Anonymity;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;

namespace Rasp.Pages.Agreements;

/// <summary>How leadership and everybody else see the same questions.</summary>
public sealed class SidesModel(AgreementLens lens) : AgreementPage(lens)
{
    /// <summary>Null where sides may not be shown, or there is only one.</summary>
    public Sides? Sides => Seen.Sides;

    public bool IsAnonymous => Seen.Attribution == Attribution.Anonymous;

    /// <summary>Where the two lie far apart, the widest first.</summary>
    public IReadOnlyList<ComparedQuestion> Apart { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation)) return NotFound();
        if (Sides is not null) Apart = [.. Sides.Comparison.Questions.Where(q => q.Spread >= Seen.Instrument.Thresholds.DifferenceAtLeast).OrderByDescending(q => q.Spread).ThenBy(q => q.Question.Index)];
        return Page();
    }

    /// <summary>Roles of one side.</summary>
    public string Roles(bool isLeadership) => Readiness.Shown.List([.. Seen.Instrument.Roles.Where(r => r.IsLeadership == isLeadership).Select(r => r.Name)]);

    public static AreaResult Of(AssessmentResult result, Area area) => result.Areas.First(a => a.Area == area);
}
