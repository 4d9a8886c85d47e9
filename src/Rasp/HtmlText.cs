using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Rasp;

/// <summary>How text is written into pages.</summary>
internal static class HtmlText
{
    /// <summary>Letters of all scripts stand as they are: written as entities, as is the default, they take up to four times the room. What could be markup is written as entities all the same.</summary>
    public static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
}
