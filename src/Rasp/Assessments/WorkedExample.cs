using System.Globalization;
using System.Text;
using Rasp.Data;
using Rasp.Readiness;
using Rasp.Readiness.Answers;

namespace Rasp.Assessments;

/// <summary>Three fictional councils that consider a shared ICT service over two rounds, and a fourth that would join: for everybody to look at, read-only.</summary>
public sealed class WorkedExample
{
    /// <summary>The council that asks to join.</summary>
    public const string Candidate = "Draymouth Borough Council";

    private const string File = "examples/shared-ict.csv";
    private const string ReferencePrefix = "example-";

    /// <summary>At which stage each round was answered: a CSV does not say.</summary>
    private static readonly Dictionary<string, string> Stages = new() { ["2026-01"] = "explore", ["2026-07"] = "deliver" };

    private readonly Lazy<IReadOnlyList<(string Reference, SeenAssessment Assessment)>> assessments = new(Read);

    /// <summary>By round, then organisation.</summary>
    public IReadOnlyList<(string Reference, SeenAssessment Assessment)> Assessments => assessments.Value;

    public SeenAssessment? Find(string reference) =>
        reference.StartsWith(ReferencePrefix, StringComparison.Ordinal) ? Assessments.FirstOrDefault(a => a.Reference == reference).Assessment : null;

    private static IReadOnlyList<(string Reference, SeenAssessment Assessment)> Read()
    {
        var csv = AnswerCsv.Parse([new SourceFile(File, Embedded.Read(File)!)]);
        var reading = csv.Sheets(_ => Instruments.BuiltIn);
        var sheets = reading.Value ?? throw new InvalidOperationException(string.Join(Environment.NewLine, reading.Faults));
        return [.. sheets.Select(s => ($"{ReferencePrefix}{Slug(s.Organisation)}-{s.Round}", SeenAssessment.OfExample(Instruments.BuiltIn, Stages[s.Round], FirstOf(s.Round), s)))];
    }

    private static DateTimeOffset FirstOf(string round) => DateTimeOffset.ParseExact(round + "-01 +0", "yyyy-MM-dd z", CultureInfo.InvariantCulture);

    private static string Slug(string name) =>
        new StringBuilder().AppendJoin('-', name.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => string.Concat(w.Where(char.IsAsciiLetterOrDigit)))).ToString();
}
