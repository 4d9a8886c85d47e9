using AngleSharp.Html.Dom;

namespace Rasp.Tests.Plans;

/// <summary>Presses a button that stands outside its form, as a browser does.</summary>
internal static class Pressing
{
    /// <param name="visitor">Who presses.</param>
    /// <param name="page">Where it stands.</param>
    /// <param name="begins">How what it says begins: the rest says of what it is.</param>
    public static Task<Visited> PressAsync(this Visitor visitor, Visited page, string begins)
    {
        var button = page.Document.QuerySelectorAll("button[form]").OfType<IHtmlButtonElement>().FirstOrDefault(b => Text(b).StartsWith(begins, StringComparison.Ordinal))
            ?? throw new ArgumentException($"{page.Path} ({page.Status}, “{page.Heading}”) has no button “{begins}”.");
        var form = (IHtmlFormElement)page.Document.GetElementById(button.GetAttribute("form")!)!;
        return visitor.PostAsync(form.GetAttribute("action")!, [.. Visitor.Filled(form).Select(f => (f.Key, (string?)f.Value)), (button.Name!, button.Value)]);
    }

    private static string Text(IHtmlButtonElement button) => string.Join(' ', button.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
