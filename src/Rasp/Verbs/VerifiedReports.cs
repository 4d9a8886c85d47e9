using Rasp.Readiness;
using Rasp.Signing;

namespace Rasp.Verbs;

/// <summary>Reports: the file is as an installation made it.</summary>
internal static class VerifiedReports
{
    public static readonly VerifiedKind Office = new(s => SignedOffice.IsOne(s.Bytes.Span), (s, n, f) => Verify(s, n, f, SignedOffice.Find));

    public static readonly VerifiedKind Pdf = new(s => SignedPdf.IsOne(s.Bytes.Span), (s, n, f) => Verify(s, n, f, SignedPdf.Find));

    private static string? Verify(SourceFile source, Noted noted, List<Fault> faults, Func<ReadOnlyMemory<byte>, (string Jws, byte[] Digest)?> find)
    {
        try
        {
            if (find(source.Bytes) is not var (jws, digest)) throw new FormatException("it bears no signature of Rasp: it was made elsewhere, or saved anew since it was downloaded; give the file as it was downloaded");
            var (report, signed) = SignedReport.Open(jws, digest);
            var thumbprint = signed.By.Thumbprint;
            if (noted.Keys is { } keys && !keys.Hold(signed.By)) throw new FormatException($"it is signed by the key {thumbprint}, which is none that you gave with --key");
            return $"{VerifiedKind.Holds}This is {report.InWords}, exactly as it was signed by the key {thumbprint}"
                + (noted.Keys is null ? $". That proves this key, and not whose it is: compare it with the one that the installation shows on its page {Links.Keys}, or give that with --key." : ", which you gave.");
        }
        catch (FormatException fault)
        {
            faults.Add(new(source.Path, 1, 1, fault.Message));
            return null;
        }
    }
}
