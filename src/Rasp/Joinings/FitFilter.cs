using Microsoft.AspNetCore.WebUtilities;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;

namespace Rasp.Joinings;

/// <summary>Which questions of a fit to list. It stands in the address; what is unknown there filters nothing.</summary>
public sealed record FitFilter
{
    public const string AreaField = "in";
    public const string KindField = "kind";

    public static readonly IReadOnlyList<FitKind> Kinds = Enum.GetValues<FitKind>();

    public Area? Area { get; private init; }

    public FitKind? Kind { get; private init; }

    public bool IsSet => Area is not null || Kind is not null;

    public static FitFilter Of(Instrument instrument, IQueryCollection query)
    {
        var (area, kind) = ($"{query[AreaField]}", $"{query[KindField]}");
        return new() { Area = instrument.Areas.FirstOrDefault(a => a.Key == area), Kind = Kinds.Where(k => k.Word() == kind).Select(k => (FitKind?)k).FirstOrDefault() };
    }

    /// <summary>Where all questions of a kind are listed.</summary>
    public static string On(string reference, FitKind kind) => QueryHelpers.AddQueryString(Links.Fit(reference), KindField, kind.Word()) + "#questions";

    public bool Matches(QuestionFit one) => (Area is null || one.Question.Area == Area.Key) && (Kind is null || one.Kind == Kind);

    public static string Words(FitKind kind) => kind switch
    {
        FitKind.Below => "Below all members",
        FitKind.Within => "Among the members",
        FitKind.Above => "Above all members",
    };
}
