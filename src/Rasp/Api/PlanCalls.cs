using Microsoft.AspNetCore.Mvc.ModelBinding;
using Rasp.Data.Plans;
using Rasp.Data.Tokens;
using Rasp.Plans;
using Rasp.Readiness.Plans;

namespace Rasp.Api;

/// <summary>Actions of plans: of a programme's joint one, and at an assessment of its organisation's own.</summary>
internal static class PlanCalls
{
    public const string Tag = "Plans";

    /// <summary>Of so many unknown owners it is said that they are none.</summary>
    private const int MostOwnersNamed = 3;

    public static void Map(RouteGroupBuilder api)
    {
        foreach (var (root, whose) in new[] { ("/programmes/{programme}", "the partners' joint plan"), ("/assessments/{assessment}", "the own plan of an assessment's organisation") })
        {
            var (path, field) = ($"{root}/plan/actions", root.Split('{', '}')[1]);
            api.MapMethods(path, ApiRoutes.Reading, async (HttpContext context, PlanDoor door) =>
                await OpenAsync(context, door, field) is { } plan ? Paging.Of(context, plan.Actions, a => $"{a.AddedAt.UtcTicks:D19}{a.Id:N}", items => new ActionList([.. items.Select(Of)])) : Problems.NotFound)
                .Reads<ActionList>(Tag, $"Actions of {whose}", "What is planned, and what came of it.").Paged();

            api.MapMethods(path + "/{action}", ApiRoutes.Reading, async (HttpContext context, PlanDoor door, string action) =>
                await OpenAsync(context, door, field) is { } plan && Find(plan, action) is { } found ? Documents.Versioned(context, Of(found), found.Version, isAllInVersion: false) : Problems.NotFound)
                .Reads<ActionShape>(Tag, $"An action of {whose}", "Its ETag is what a change must name.");

            api.MapPost(path, (HttpContext context, PlanDoor door, PlanDesk desk) => AddAsync(context, door, desk, field)).Needs(TokenScopes.Plan).Accepts<NewAction>(Documents.Json).Produces<ActionShape>(StatusCodes.Status201Created)
                .WithTags(Tag).WithSummary($"Add to {whose}").WithDescription("Adds an action that somebody thought of. One that answers a finding is made on the results' page.");

            api.MapPut(path + "/{action}", (HttpContext context, PlanDoor door, PlanDesk desk, string action) => ChangeAsync(context, door, desk, field, action)).Needs(TokenScopes.Plan).Accepts<NewAction>(Documents.Json).Produces<ActionShape>()
                .WithTags(Tag).WithSummary($"Change an action of {whose}").WithDescription("Says of it what is sent, in place of what was said. If-Match names the ETag that you have read.");
        }
    }

    private static Task<SeenPlan?> OpenAsync(HttpContext context, PlanDoor door, string field) => door.OpenAsync(context, Reference(context, field), isExport: true);

    private static async Task<IResult> AddAsync(HttpContext context, PlanDoor door, PlanDesk desk, string field)
    {
        if (await OpenAsync(context, door, field) is not { MayEdit: true } plan) return Problems.NotFound;
        var (wanted, fault) = await Bodies.ReadAsync<NewAction>(context);
        if (wanted is null) return fault!;
        if (Read(wanted, plan, null, out var faults) is not { } words) return Problems.Invalid(faults);
        if (await desk.AddAsync(plan.Address, Holder(context, field), words, context.RequestAborted) is not { } id) return Problems.NotFound;
        context.Response.Headers.Location = $"{context.Request.Path}/{id:N}";
        return await ShowAsync(context, door, field, id, StatusCodes.Status201Created);
    }

    private static async Task<IResult> ChangeAsync(HttpContext context, PlanDoor door, PlanDesk desk, string field, string action)
    {
        if (await OpenAsync(context, door, field) is not { MayEdit: true } plan || Find(plan, action) is not { } found) return Problems.NotFound;
        if (Documents.ReadVersion(context, out var version) is { } unseen) return unseen;
        var (wanted, fault) = await Bodies.ReadAsync<NewAction>(context);
        if (wanted is null) return fault!;
        if (Read(wanted, plan, found, out var faults) is not { } words) return Problems.Invalid(faults);
        return await desk.ChangeAsync(plan.Address, Holder(context, field), found.Id, words with { Reminded = found.Reminded }, version, context.RequestAborted) switch
        {
            PlanOutcome.Done => await ShowAsync(context, door, field, found.Id, StatusCodes.Status200OK),
            PlanOutcome.Stale => Documents.Stale(context, found.Version),
            PlanOutcome.NotFound => Problems.NotFound,
        };
    }

    private static async Task<IResult> ShowAsync(HttpContext context, PlanDoor door, string field, Guid id, int status) =>
        await OpenAsync(context, door, field) is { } plan && plan.Find(id) is { } made ? Documents.Versioned(context, Of(made), made.Version, status) : Problems.NotFound;

    /// <summary>By the form of the plan's pages; what that would leave out unsaid is at fault here, since nobody sees it left out.</summary>
    private static ActionWords? Read(NewAction wanted, SeenPlan plan, SeenAction? action, out List<(string, string)> faults)
    {
        var model = new ModelStateDictionary();
        var words = new ActionForm { What = wanted.What, Why = wanted.Why, Area = wanted.Area, Owners = [.. wanted.Owners ?? []], Person = wanted.Person, Due = wanted.Due, State = wanted.State, Milestone = wanted.Milestone }.Read(model, plan, action);
        faults = [.. model.SelectMany(m => m.Value!.Errors.Select(e => (char.ToLowerInvariant(m.Key["Form.".Length]) + m.Key["Form.".Length..][1..], e.ErrorMessage + ".")))];
        if (wanted.Area is { } area && plan.Instrument.Areas.All(a => a.Key != area)) faults.Add(("area", $"One of {string.Join(", ", plan.Instrument.Areas.Select(a => a.Key))}, or null."));
        if (wanted.Milestone is { } milestone && plan.Milestones.All(m => m.Id.ToString("N") != milestone)) faults.Add(("milestone", "The id of a milestone of this plan, or null."));
        foreach (var unknown in (wanted.Owners ?? []).Where(o => plan.Partners.All(p => p.Id.ToString("N") != o) || (action is not null && !action.Takers.Contains(Guid.ParseExact(o, "N")))).Take(MostOwnersNamed))
        {
            faults.Add(("owners", $"Ids of partners who can take it on: {string.Join(", ", plan.Partners.Where(p => action?.Takers.Contains(p.Id) != false).Select(p => $"{p.Id:N} ({p.Name})"))}. {unknown} is none."));
        }
        return faults.Count == 0 ? words : null;
    }

    private static SeenAction? Find(SeenPlan plan, string action) => ApiRequests.Id(action) is { } id ? plan.Find(id) : null;

    private static string Reference(HttpContext context, string field) => (string)context.Request.RouteValues[field]!;

    private static Data.Holder Holder(HttpContext context, string field) => PlanDoor.Key(context, Reference(context, field))!.Value.Holder;

    private static ActionShape Of(SeenAction action) => new(
        action.Id.ToString("N"), action.What, action.Why, action.Area, action.Question, action.Round?.ToString("N"), [.. action.Owners.Select(o => new OwnerShape(o.Organisation?.ToString("N"), o.Name))], action.Person, action.Due,
        action.IsOverdue, action.State.Word(), action.Milestone?.ToString("N"), action.AddedAt, action.ChangedAt,
        action.Judgement is { } judgement ? new(Word(judgement.Movement), judgement.From, judgement.To, action.JudgedBy, action.IsJudged) : null);

    private static string Word(Movement movement) => movement switch
    {
        Movement.Moved => "moved",
        Movement.DidNotMove => "did-not-move",
        Movement.Fell => "fell",
        Movement.QuestionChanged => "question-changed",
        Movement.NotAnsweredAgain => "not-answered-again",
    };
}
