using Rasp.Readiness;
using Rasp.Readiness.Sharing;

namespace Rasp.Verbs;

/// <summary>Seals: what a partner showed is what it had sealed.</summary>
internal static class VerifiedSeals
{
    public static readonly VerifiedKind Kind = new(_ => true, Verify);

    private static string? Verify(SourceFile source, Noted noted, List<Fault> faults)
    {
        var reading = SealFile.Read(source);
        faults.AddRange(reading.Faults);
        if (reading.Value is not { } file) return null;
        if (noted.Seals.Length > 0 && !noted.Seals.Contains(file.Commitment, StringComparer.OrdinalIgnoreCase)) faults.Add(new(source.Path, 1, 1, $"its seal is {file.Commitment}, which is not a seal that you noted"));
        return $"{VerifiedKind.Holds}This is {file.InWords}, "
            + (noted.Seals.Length > 0 ? $"exactly as it was when you noted its seal {file.Commitment}." : $"exactly as it was sealed under {file.Commitment}. Compare that with the seal that was shown before the reveal.");
    }
}
