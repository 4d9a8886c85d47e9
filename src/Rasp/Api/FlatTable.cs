using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Rasp.Assessments;
using Rasp.Comparisons;
using Rasp.Data;
using Rasp.Data.Programmes;
using Rasp.Joinings;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;
using Rasp.Readiness.Sharing;

namespace Rasp.Api;

/// <summary>
/// All that a token may see of results, as one table for Excel and Power BI: one row for each whole, area, theme and question of each organisation in
/// each round. It goes out round by round, so that it takes no more memory however many there are.
/// </summary>
internal sealed class FlatTable(ProgrammeDesk programmes, ProgrammeBoard board, AssessmentDesk desk, AssessmentDoor assessments, ComparisonDoor comparisons, FitDoor fits)
{
    public const string Tag = "The flat table";

    /// <summary>Every column: its name, and what stands in it.</summary>
    private static readonly (string Name, Func<Row, object?> Value)[] Columns =
    [
        ("programme", r => r.Round.Programme), ("programmeId", r => r.Round.ProgrammeId), ("round", r => r.Round.Name), ("roundId", r => r.Round.Id), ("roundNumber", r => r.Round.Number), ("joining", r => r.Round.IsJoining),
        ("openedAt", r => r.Round.OpenedAt), ("revealedAt", r => r.Round.RevealedAt), ("stage", r => r.Round.Stage), ("instrument", r => r.Instrument?.Id), ("instrumentVersion", r => r.Instrument?.Version),
        ("organisation", r => r.Release.Organisation), ("own", r => r.Release.IsOwn), ("depth", r => r.Release.Depth.Word()), ("withdrawn", r => r.Release.IsWithdrawn),
        ("kind", r => r.Kind), ("area", r => r.Area?.Key), ("areaName", r => r.Area?.Name), ("theme", r => r.Theme?.Key), ("themeName", r => r.Theme?.Name),
        ("question", r => r.Question?.Question.Key), ("text", r => r.Question?.Question.Text), ("about", r => r.Question is { } q ? InstrumentCalls.Word(q.Question.About) : null),
        ("score", r => r.Score?.Value), ("low", r => r.Score?.Low), ("high", r => r.Score?.High), ("coverage", r => r.Score?.Coverage), ("band", r => r.Band?.Key), ("provisional", r => r.IsProvisional),
        ("answer", r => r.Question?.Answer.Choice?.ToString()), ("level", r => r.Question?.Level), ("stance", r => r.Question?.Answer.Stance?.Word()), ("gate", r => r.Question?.Question.Gate),
        ("gateState", r => r.Question is { Gate: not GateState.None } q ? Word(q.Gate) : null), ("findings", r => r.Findings), ("note", r => r.Note?.Note), ("evidence", r => r.Note?.Evidence),
    ];

    public static IEnumerable<string> Names => Columns.Select(c => c.Name);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapMethods("/table.csv", ApiRoutes.Reading, (HttpContext context, FlatTable table) => table.CsvAsync(context))
            .Reads<string>(Tag, "All results as a table, in CSV", "One row for each whole, area, theme and question of each organisation in each round that the token sees. For Excel and Power BI.")
            .WithMetadata(new Offers("text/csv")).ProducesInstead("text/csv");
        api.MapMethods("/table.json", ApiRoutes.Reading, (HttpContext context, FlatTable table) => table.JsonAsync(context))
            .Reads<TableShape>(Tag, "All results as a table, in JSON", "The same rows, with numbers as numbers.");
    }

    private async Task CsvAsync(HttpContext context)
    {
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = "attachment; filename=rasp-table.csv";
        await using var csv = new StreamWriter(context.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true) { NewLine = "\r\n" };
        await csv.WriteLineAsync(string.Join(',', Names));
        await foreach (var row in RowsAsync(context)) await csv.WriteLineAsync(string.Join(',', Columns.Select(c => Cell(c.Value(row)))));
    }

    private async Task JsonAsync(HttpContext context)
    {
        context.Response.ContentType = Documents.Json;
        await using var json = new Utf8JsonWriter(context.Response.Body, new() { Encoder = Documents.Form.Encoder });
        json.WriteStartObject();
        json.WriteStartArray("rows");
        await foreach (var row in RowsAsync(context))
        {
            json.WriteStartObject();
            foreach (var (name, value) in Columns) Write(json, name, value(row));
            json.WriteEndObject();
            if (json.BytesPending > 32 * 1024) await json.FlushAsync(context.RequestAborted);
        }
        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    }

    private async IAsyncEnumerable<Row> RowsAsync(HttpContext context, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var viewer = context.Caller();
        foreach (var programme in (await programmes.OfAsync(viewer, cancellation)).OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Id))
        {
            if (await board.FindAsync(programme.Id, viewer, cancellation) is not { } found) continue;
            foreach (var round in found.Rounds.Concat(found.Joinings).OrderBy(r => r.OpenedAt).ThenBy(r => r.Id))
            {
                var place = new Place(found.Name, Id(found.Id), round.Name, Id(round.Id), round.Number, round.Joining is not null, round.OpenedAt, round.RevealedAt, round.Stage);
                foreach (var (release, instrument) in await ReleasesAsync(context, round))
                {
                    foreach (var row in RowsOf(place, release, instrument)) yield return row;
                }
            }
        }
        if (viewer.IsNarrowed) yield break;
        foreach (var one in (await desk.OfAsync(viewer.Person, cancellation)).OrderBy(a => a.StartedAt).ThenBy(a => a.Id))
        {
            if (await assessments.OpenAsync(context, Id(one.Id)) is not { } open) continue;
            var facts = open.Seen.Facts;
            foreach (var row in RowsOf(new(null, null, facts.RoundName, null, null, false, facts.StartedAt, null, facts.Stage), OwnOf(open), open.Seen.Instrument)) yield return row;
        }
    }

    /// <summary>Once it is revealed, what each shows; before, and where it was revealed without them, what the organisation's own leads see of it.</summary>
    private async Task<List<(Release Release, Instrument? Instrument)>> ReleasesAsync(HttpContext context, RoundView round)
    {
        if (round.RevealedAt is not null)
        {
            if (round.Joining is null && await comparisons.OpenAsync(context, Id(round.Id), isExport: true) is { } open) return [.. open.Shared.Partners.Select(p => (p, (Instrument?)open.Instrument))];
            if (round.Joining is not null && await fits.OpenAsync(context, Id(round.Id), isExport: true) is { } fit)
            {
                return [.. fit.Fit.Members.Append(fit.Fit.Candidate).OrderBy(r => r.Organisation, StringComparer.Ordinal).Select(r => (r, r.Result?.Instrument ?? (r == fit.Fit.Candidate ? fit.Fit.Instrument : null)))];
            }
        }
        var own = new List<(Release, Instrument?)>();
        foreach (var part in round.Parts.Where(p => p.Own is { AmLead: true }))
        {
            if (await assessments.OpenAsync(context, Id(part.Own!.Assessment)) is { } mine) own.Add((OwnOf(mine), mine.Seen.Instrument));
        }
        return own;
    }

    private static Release OwnOf(OpenAssessment open) => Release.Of(open.Seen.Result, open.Seen.Sheet, Depth.Everything) with { IsOwn = true };

    private static IEnumerable<Row> RowsOf(Place round, Release release, Instrument? instrument)
    {
        var whole = new Row(round, release, instrument, "overall") { Score = release.Overall?.Score, Band = release.Overall?.Band, IsProvisional = release.Overall?.IsProvisional };
        yield return whole;
        foreach (var (area, result) in release.Areas)
        {
            var ofArea = whole with { Kind = "area", Area = area, Score = result.Score, Band = result.Band, IsProvisional = result.IsProvisional };
            yield return ofArea;
            if (release.Result?.Areas.FirstOrDefault(a => a.Area.Key == area.Key) is not { } inFull) continue;
            foreach (var theme in inFull.Themes)
            {
                var ofTheme = ofArea with { Kind = "theme", Theme = theme.Theme, Score = theme.Score, Band = null, IsProvisional = null };
                yield return ofTheme;
                foreach (var question in release.Result.Questions.Where(q => q.Question.Area == area.Key && q.Question.Theme == theme.Theme.Key))
                {
                    var findings = release.Result.Findings.Where(f => f.Result.Question.Key == question.Question.Key).Select(f => f.Kind.Word()).ToList();
                    yield return ofTheme with { Kind = "question", Question = question, Score = null, Findings = findings.Count == 0 ? null : string.Join(' ', findings), Note = release.Notes.GetValueOrDefault(question.Question.Key) };
                }
            }
        }
    }

    private static string Word(GateState state) => state switch
    {
        GateState.None => "",
        GateState.Met => "met",
        GateState.Unmet => "unmet",
        GateState.Unknown => "unknown",
    };

    private static string Cell(object? value)
    {
        var text = value switch
        {
            null => "",
            string words => GuardedText.Guard(words),
            bool yes => yes ? "true" : "false",
            DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static void Write(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null: json.WriteNull(name); break;
            case bool yes: json.WriteBoolean(name, yes); break;
            case int number: json.WriteNumber(name, number); break;
            case double number: json.WriteNumber(name, number); break;
            case DateTimeOffset time: json.WriteString(name, time.UtcDateTime); break;
            default: json.WriteString(name, (string)value); break;
        }
    }

    private static string Id(Guid id) => id.ToString("N");

    /// <summary>A round, or an assessment in confidence, which has none.</summary>
    private sealed record Place(string? Programme, string? ProgrammeId, string Name, string? Id, int? Number, bool IsJoining, DateTimeOffset OpenedAt, DateTimeOffset? RevealedAt, string? Stage);

    private sealed record Row(Place Round, Release Release, Instrument? Instrument, string Kind)
    {
        public Area? Area { get; init; }

        public Theme? Theme { get; init; }

        public QuestionResult? Question { get; init; }

        public Score? Score { get; init; }

        public Band? Band { get; init; }

        public bool? IsProvisional { get; init; }

        public string? Findings { get; init; }

        public ReleasedNote? Note { get; init; }
    }
}

/// <summary>All results as a table.</summary>
/// <param name="Rows">One for each whole, area, theme and question of each organisation in each round that the token sees.</param>
public sealed record TableShape(IReadOnlyList<RowShape> Rows);

/// <summary>A row of the table: what stands in each column is described in the documentation of the API.</summary>
public sealed record RowShape(
    string? Programme, string? ProgrammeId, string Round, string? RoundId, int? RoundNumber, bool Joining, DateTimeOffset OpenedAt, DateTimeOffset? RevealedAt, string? Stage, string? Instrument, string? InstrumentVersion,
    string Organisation, bool Own, string Depth, bool Withdrawn, string Kind, string? Area, string? AreaName, string? Theme, string? ThemeName, string? Question, string? Text, string? About,
    double? Score, double? Low, double? High, double? Coverage, string? Band, bool? Provisional, string? Answer, int? Level, string? Stance, int? Gate, string? GateState, string? Findings, string? Note, string? Evidence);
