using Rasp.Comparisons;
using Rasp.Data.Programmes;
using Rasp.Joinings;
using Rasp.Readiness.Scoring;
using Rasp.Readiness.Sharing;
using Rasp.Reports;
using Rasp.Trends;

namespace Rasp.Api;

/// <summary>Programmes, their rounds, and what partners show each other there.</summary>
internal static class ProgrammeCalls
{
    public const string Tag = "Programmes and rounds";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapMethods("/programmes", ApiRoutes.Reading, async (HttpContext context, ProgrammeDesk desk) =>
            Paging.Of(context, await desk.OfAsync(context.Caller(), context.RequestAborted), p => $"{p.Name}\0{p.Id:N}", items => new ProgrammeList([.. items.Select(p => new ProgrammeItem(Id(p.Id), p.Name))])))
            .Reads<ProgrammeList>(Tag, "Programmes", "The programmes that the token reaches, by name.").Paged();

        api.MapMethods("/programmes/{programme}", ApiRoutes.Reading, async (HttpContext context, ProgrammeBoard board, string programme) =>
            await FindAsync(context, board, programme) is { } found ? Documents.Of(context, Of(found)) : Problems.NotFound)
            .Reads<ProgrammeShape>(Tag, "A programme", "What is to be shared, and by whom.");

        api.MapMethods("/programmes/{programme}/rounds", ApiRoutes.Reading, async (HttpContext context, ProgrammeBoard board, string programme) =>
            await FindAsync(context, board, programme) is { } found
                ? Paging.Of(context, found.Rounds.Concat(found.Joinings), r => $"{r.OpenedAt.UtcTicks:D19}{r.Id:N}", items => new RoundList([.. items.Select(Of)]))
                : Problems.NotFound)
            .Reads<RoundList>(Tag, "A programme's rounds", "How far everybody has got in each: of the partners, and of candidates as far as the token sees them.").Paged();

        api.MapMethods("/rounds/{round}", ApiRoutes.Reading, async (HttpContext context, ProgrammeBoard board, string round) =>
            ApiRequests.Id(round) is { } id && await board.FindByRoundAsync(id, context.Caller(), context.RequestAborted) is var (_, found) ? Documents.Of(context, Of(found)) : Problems.NotFound)
            .Reads<RoundShape>(Tag, "A round", "How far everybody has got. Before the reveal, that is all that anybody outside an organisation learns.");

        api.MapMethods("/rounds/{round}/fit", ApiRoutes.Reading, async (HttpContext context, FitDoor door, string round) =>
            await door.OpenAsync(context, round, isExport: true) is { } open ? Documents.Of(context, to => ResultsJson.Write(to, open.Fit)) : Problems.NotFound)
            .Reads<ResultsShape>(Tag, "A candidate's fit", "A candidate against the members, in the round in which it asks to join: the same document as on the fit's page.");

        api.MapMethods("/programmes/{programme}/trends", ApiRoutes.Reading, async (HttpContext context, ReportDoor door, string programme) =>
            ApiRequests.Id(programme) is not null && await door.MakeAsync(context, new(ReportSubject.Trend, programme, ReportChoice.Full with { Who = TrendView.Partnership })) is ReportAnswer.Made made ? Documents.Of(context, made.Report.WriteData) : Problems.NotFound)
            .Reads<ResultsShape>(Tag, "A programme's trends", "What each organisation shows of each round, and how it moved from one to the next: the same document as on the trend's page, of the partnership.");

        api.MapMethods("/rounds/{round}/comparison", ApiRoutes.Reading, async (HttpContext context, ComparisonDoor door, string round) => await door.OpenAsync(context, round, isExport: true) is { } open ? Documents.Of(context, to => ResultsJson.Write(to, open.Shared)) : Problems.NotFound)
            .Reads<ResultsShape>(Tag, "A round's comparison", "Partners side by side, each at the lesser of the two depths: the same document as on the comparison's page. Where a partner was corrected since, {round}-1 is the round as it was first.");
    }

    private static async Task<ProgrammeView?> FindAsync(HttpContext context, ProgrammeBoard board, string programme) =>
        ApiRequests.Id(programme) is { } id ? await board.FindAsync(id, context.Caller(), context.RequestAborted) : null;

    private static ProgrammeShape Of(ProgrammeView programme) => new(
        Id(programme.Id), programme.Name, programme.What, programme.Why, programme.Stage,
        programme.IsFacilitator ? "facilitator" : programme.IsCandidate ? "candidate" : programme.HasLeft ? "former" : "partner",
        [.. programme.Partners.Select(p => new OrganisationItem(Id(p.Organisation), p.Name))]);

    private static RoundShape Of(RoundView round) => new(
        Id(round.Id), Id(round.Programme), round.Number, round.Name, round.Joining is not null, new(round.InstrumentId, round.InstrumentVersion), round.Stage, round.OpenedAt, round.ClosesOn, round.RevealedAt,
        [.. round.Parts.Select(p => new PartShape(
            Id(p.Organisation), p.Name, Word(p.Progress), p.SealedAt, p.Version,
            // Who neither leads nor answers sees no more of it than others do.
            p.Own is { IsOpenToMe: true } own ? new(Id(own.Assessment), own.AmLead, own.AmLead ? own.Depth?.Word() : null, own.AmLead && own.Correction is { } correction ? Id(correction) : null) : null))]);

    private static string Word(Progress progress) => progress switch
    {
        Progress.NotStarted => "not-started",
        Progress.InProgress => "in-progress",
        Progress.Sealed => "sealed",
        Progress.SealedNotSharing => "sealed-not-sharing",
        Progress.Shared => "shared",
        Progress.Withdrawn => "withdrawn",
        Progress.LeftOut => "left-out",
    };

    private static string Id(Guid id) => id.ToString("N");
}
