using Rasp.Data;
using Rasp.Readiness.Instruments;

namespace Rasp.Api;

/// <summary>What is asked.</summary>
internal static class InstrumentCalls
{
    public const string Tag = "Instruments";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapMethods("/instruments", ApiRoutes.Reading, async (HttpContext context, InstrumentLibrary library) =>
            Paging.Of(context, await library.AllAsync(context.RequestAborted), i => $"{i.Id}\0{i.Version}", items => new InstrumentList([.. items.Select(i => new InstrumentItem(i.Id, i.Version))])))
            .Reads<InstrumentList>(Tag, "Instruments", "Every version of every instrument that this installation has.").Paged();

        api.MapMethods("/instruments/{instrument}/{version}", ApiRoutes.Reading, async (HttpContext context, InstrumentLibrary library, string instrument, string version) =>
            (await library.AllAsync(context.RequestAborted)).Contains((instrument, version)) ? Documents.Of(context, Of(await library.GetAsync(instrument, version, context.RequestAborted))) : Problems.NotFound)
            .Reads<InstrumentShape>(Tag, "An instrument", "All that one version of it asks, with its levels in full.");
    }

    public static InstrumentShape Of(Instrument instrument) => new(
        instrument.Id, instrument.Version, instrument.Title, instrument.Levels, [.. instrument.Bands.Select(b => new BandShape(b.Key, b.Name, b.From))],
        new(instrument.Thresholds.WeakAtMost, instrument.Thresholds.StrongAtLeast, instrument.Thresholds.ProvisionalBelowCoverage, instrument.Thresholds.SplitBelowConsensus, instrument.Thresholds.DifferenceAtLeast),
        [.. instrument.Roles.Select(r => new NamedShape(r.Key, r.Name))], [.. instrument.Stages.Select(s => new NamedShape(s.Key, s.Name))],
        [.. instrument.Areas.Select(a => new AreaShape(a.Key, a.Name, a.Summary, a.Weight, [.. a.Themes.Select(t => new ThemeShape(t.Key, t.Name, [.. t.Questions.Select(Of)]))]))]);

    private static QuestionShape Of(Question question) => new(
        question.Key, question.Text, question.Why, Word(question.About), question.Stages, question.Roles, question.Weight, question.Gate, question.Revision, question.Levels, question.Evidence);

    internal static string Word(About about) => about switch
    {
        About.Organisation => "organisation",
        About.Partnership => "partnership",
    };
}
