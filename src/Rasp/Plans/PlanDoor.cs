using Microsoft.AspNetCore.Mvc;
using Rasp.Accounts;
using Rasp.Assessments;
using Rasp.Data;
using Rasp.Data.Plans;
using Rasp.Data.Trails;

namespace Rasp.Plans;

/// <summary>Who may come in to a plan’s pages: at an assessment whoever leads it, by link or account; at a programme whom its joint plan is open to.</summary>
public sealed class PlanDoor(PlanLens lens, Seen seen, ReadTrail trail)
{
    /// <summary>The plan as this visitor may see it; null where there is none, or not for this visitor: no answer tells which. Whose data it shows read so in their trail.</summary>
    public Task<SeenPlan?> OpenAsync(HttpContext context, string reference, bool isExport = false) => OpenAsync(context, reference, IsJoint(context), isExport);

    /// <inheritdoc cref="OpenAsync(HttpContext, string, bool)"/>
    public async Task<SeenPlan?> OpenAsync(HttpContext context, string reference, bool isJoint, bool isExport)
    {
        context.Response.KeepPrivate();
        if (Key(context, reference, isJoint) is not var (address, holder)) return null;
        if (!address.IsJoint && context.Viewer() is { IsNarrowed: true } viewer && !await seen.IsWithinAsync(address.Id, viewer, context.RequestAborted)) return null;
        if (await lens.FindAsync(address, holder, context.RequestAborted) is not { } plan) return null;
        foreach (var reading in plan.Readings) await trail.NoteAsync(isExport ? TrailKind.ComparisonExported : TrailKind.ComparisonRead, reading, context.RequestAborted);
        return plan;
    }

    /// <summary>What a plan is opened and changed with; null for anybody with neither a link nor an account.</summary>
    public static (PlanAddress Address, Holder Holder)? Key(HttpContext context, string reference) => Key(context, reference, IsJoint(context));

    private static (PlanAddress Address, Holder Holder)? Key(HttpContext context, string reference, bool isJoint)
    {
        if (!isJoint) return AssessmentDoor.Key(context, reference) is var (id, holder) ? (new(id, IsJoint: false), holder) : null;
        return Guid.TryParseExact(reference, "N", out var programme) && context.Viewer() is { } viewer && viewer.Reaches(programme) ? (new(programme, IsJoint: true), new(null, viewer.Person, viewer.Organisation)) : null;
    }

    /// <summary>What somebody gets to whom the plan is not open: at a programme, those who are not signed in are asked to, whether there is one or not.</summary>
    public static IActionResult Closed(HttpContext context) => Closed(context, IsJoint(context));

    /// <inheritdoc cref="Closed(HttpContext)"/>
    public static IActionResult Closed(HttpContext context, bool isJoint) =>
        isJoint && context.SignedIn() is null ? new RedirectResult(Links.SignInFor(context.Request.Path + context.Request.QueryString)) : new NotFoundResult();

    private static bool IsJoint(HttpContext context) => context.Request.Path.StartsWithSegments("/programmes") || context.Request.Path.StartsWithSegments(Links.ApiProgrammes);
}
