using System.Security.Cryptography;
using System.Text.Json;
using Rasp.Data;
using Rasp.Forms;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;
using Rasp.Reports;

namespace Rasp.Workbooks;

/// <summary>What an answer workbook is made of (docs/files.md).</summary>
internal sealed record AnswerWorkbook
{
    public const string Extension = "xlsx";

    /// <summary>What the first cell of the hidden sheet says, by which a workbook is known for one of ours; its version stands beside it.</summary>
    public const string Mark = "rasp-answer-workbook";

    public const string Format = "1";

    /// <summary>The sheet that nobody needs to see.</summary>
    public const string Hidden = "rasp";

    public const string Start = "Start here";

    public required Instrument Instrument { get; init; }

    /// <summary>Its key; null for the questions of all stages.</summary>
    public required string? Stage { get; init; }

    /// <summary>What is asked, in order.</summary>
    public required IReadOnlyList<Question> Questions { get; init; }

    public string Organisation { get; init; } = "";

    public string Round { get; init; } = "";

    /// <summary>The key of the role from which is answered; empty where it is left to choose.</summary>
    public string Role { get; init; } = "";

    /// <summary>What whoever answers is called in files; empty where the role says it.</summary>
    public string Respondent { get; init; } = "";

    /// <summary>Whose answers it holds: a respondent's id, or the assessment's for what was agreed. Null where it was made from no assessment.</summary>
    public Guid? Of { get; init; }

    /// <summary>What is answered so far, and the version of each, by the question's key in full.</summary>
    public IReadOnlyDictionary<string, VersionedAnswer> Answers { get; init; } = new Dictionary<string, VersionedAnswer>();

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Tells an answer from any other, so that a workbook knows which of its rows somebody has changed.</summary>
    public static string Digest(StoredAnswer answer) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes<string?[]>([answer.Choice?.ToString(), answer.Stance?.Word(), AsRead(answer.Note), AsRead(answer.Evidence)])).AsSpan(0, 8));

    /// <summary>Text as reading a workbook gives it back.</summary>
    private static string? AsRead(string? text) => text is null ? null : Typed.Clean(FileText.ForXml(text));
}

/// <summary>The words for answers in workbooks, and back: people choose them from a list, or type them.</summary>
internal static class AnswerWords
{
    private const string DontKnow = "Don’t know";
    private const string NotApplicable = "Does not apply";

    private static readonly Dictionary<string, string> Others = new(StringComparer.Ordinal)
    {
        ["dk"] = "dk",
        ["don't know"] = "dk",
        ["do not know"] = "dk",
        ["na"] = "na",
        ["n/a"] = "na",
        ["does not apply"] = "na",
        ["not applicable"] = "na",
        ["not applicable to us"] = "na",
    };

    /// <summary>What the list offers, in order.</summary>
    public static IReadOnlyList<string> Choices(Instrument instrument) => [.. instrument.Levels.Select((l, i) => Level(i + 1, l)), DontKnow, NotApplicable];

    public static IReadOnlyList<string> StanceChoices { get; } = [Of(Stance.Fixed), Of(Stance.Negotiable), Of(Stance.Open)];

    public static string Of(Choice choice, Instrument instrument) =>
        choice.Level is { } level ? Level(level, instrument.Levels[level - 1]) : choice.IsDontKnow ? DontKnow : NotApplicable;

    public static string Of(Stance stance) => stance switch
    {
        Stance.Fixed => "Fixed: a red line",
        Stance.Negotiable => "Negotiable",
        Stance.Open => "Open",
    };

    /// <summary>As files write it: a level, <c>dk</c> or <c>na</c>; what is none of these stays as it was typed.</summary>
    public static string ToFile(string typed, Instrument instrument)
    {
        var plain = Plain(typed);
        for (var level = 1; level <= instrument.Levels.Count; level++)
        {
            if (plain == Plain(Level(level, instrument.Levels[level - 1])) || plain == Plain(instrument.Levels[level - 1])) return level.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        return Others.GetValueOrDefault(plain, typed);
    }

    /// <summary>As files write it; what is no stance stays as it was typed.</summary>
    public static string StanceToFile(string typed) =>
        Enum.GetValues<Stance>().Where(s => Plain(typed) == Plain(Of(s)) || Plain(typed) == s.Word()).Select(s => s.Word()).FirstOrDefault() ?? typed;

    private static string Level(int level, string name) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{level} {name}");

    private static string Plain(string text) => string.Join(' ', text.Replace('’', '\'').ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
