using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using QRCoder;

namespace Rasp.Charts;

/// <summary>An address as a QR code: one path in one square, dark on light whatever the page's colours, as cameras want it.</summary>
public sealed class QrCode(string address, string description) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        using var code = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        var rows = code.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows[y].Count; x++)
            {
                var from = x;
                while (x < rows[y].Count && rows[y][x]) x++;
                if (x > from) path.Append(CultureInfo.InvariantCulture, $"M{from} {y}h{x - from}v1h-{x - from}z");
            }
        }
        writer.Write($"""<svg class="rasp-qr" viewBox="0 0 {rows.Count} {rows.Count}" role="img" aria-label="{encoder.Encode(description)}" shape-rendering="crispEdges"><path class="rasp-qr__paper" d="M0 0h{rows.Count}v{rows.Count}h-{rows.Count}z"/><path class="rasp-qr__ink" d="{path}"/></svg>""");
    }
}
