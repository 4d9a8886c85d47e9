using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Rasp.Api;

/// <summary>
/// Long lists in pieces. They stand in the order of what each item itself says, its key; and where one goes on is the last key that one has seen. So
/// neither tells what somebody else has added or taken away meanwhile.
/// </summary>
internal static class Paging
{
    public const string SizeField = "page-size";
    public const string AfterField = "after";
    public const int Usual = 100;
    public const int Most = 500;

    /// <summary>A piece of the list as a document, with the address of the next in the header Link.</summary>
    /// <param name="context">The call.</param>
    /// <param name="all">All that this caller may see.</param>
    /// <param name="key">By which they are ordered, ordinally; different for each.</param>
    /// <param name="document">What the piece looks like.</param>
    public static IResult Of<TItem, TDocument>(HttpContext context, IEnumerable<TItem> all, Func<TItem, string> key, Func<IReadOnlyList<TItem>, TDocument> document)
    {
        var (query, size, after) = (context.Request.Query, Usual, (string?)null);
        var faults = new List<(string, string)>();
        if (query.TryGetValue(SizeField, out var sized) && (!int.TryParse(sized, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > Most)) faults.Add((SizeField, $"A whole number from 1 to {Most}."));
        if (query.TryGetValue(AfterField, out var last) && (after = Decode(last)) is null) faults.Add((AfterField, "Leave it as it stands in the header Link of the piece before."));
        if (faults.Count > 0) return Problems.Invalid(faults);
        var rest = all.Select(item => (Item: item, Key: key(item))).Where(i => after is null || string.CompareOrdinal(i.Key, after) > 0).OrderBy(i => i.Key, StringComparer.Ordinal).Take(size + 1).ToList();
        if (rest.Count > size)
        {
            var site = context.RequestServices.GetRequiredService<Settings>().Url;
            context.Response.Headers.Link = $"<{new Uri(site, context.Request.Path).AbsoluteUri}?{SizeField}={size.ToString(CultureInfo.InvariantCulture)}&{AfterField}={Base64Url.EncodeToString(Encoding.UTF8.GetBytes(rest[size - 1].Key))}>; rel=\"next\"";
        }
        return Documents.Of(context, document([.. rest.Take(size).Select(i => i.Item)]));
    }

    private static string? Decode(string? text)
    {
        var ascii = Encoding.ASCII.GetBytes(text ?? "");
        return ascii.Length > 0 && Base64Url.IsValid(ascii) ? Encoding.UTF8.GetString(Base64Url.DecodeFromUtf8(ascii)) : null;
    }
}
