using Rasp.Data.Signing;
using Rasp.Signing;

namespace Rasp.Reports;

/// <summary>Signs reports with the key of this installation, where the format of the file lets a signature travel inside.</summary>
internal sealed class ReportSigner(SigningKeys keys, Settings settings)
{
    /// <summary>Writes a report, signed if its format can be.</summary>
    public async Task WriteAsync(Report report, ReportFormat format, Stream to, CancellationToken cancellation)
    {
        using var key = await keys.OpenAsync(cancellation);
        var said = report.Said(settings.Url);
        format.Write(report with { Sign = digest => said.Sign(key, digest) }, to);
    }

    /// <summary>Signs what was printed as a PDF.</summary>
    public async Task<byte[]> SignAsync(byte[] pdf, SignedReport said, CancellationToken cancellation)
    {
        using var key = await keys.OpenAsync(cancellation);
        return SignedPdf.Sign(pdf, said, key);
    }
}
