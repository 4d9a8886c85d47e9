using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Rasp.Pages;

/// <summary>The front page: its figures come from the question set, so that they stay true.</summary>
public sealed class IndexModel : PageModel
{
    public const int MinutesAQuestion = 2;

    public int Questions { get; private set; }

    public int Themes { get; private set; }

    public int Fewest { get; private set; }

    public int Most { get; private set; }

    /// <summary>From the fewest questions that a stage asks to the most, in halves of an hour: "2½ to 3 hours".</summary>
    public string Hours { get; private set; } = "";

    public void OnGet()
    {
        var instrument = Instruments.BuiltIn;
        var perStage = instrument.Stages.Select(s => instrument.InScope(s.Key).Count()).DefaultIfEmpty(instrument.Questions.Count).ToList();
        Questions = instrument.Questions.Count;
        Themes = instrument.Areas.Sum(a => a.Themes.Count);
        (Fewest, Most) = (perStage.Min(), perStage.Max());
        var (shortest, longest) = (HalfHours(Fewest), HalfHours(Most));
        Hours = shortest == longest ? $"{InWords(longest)} hours" : $"{InWords(shortest)} to {InWords(longest)} hours";
    }

    private static int HalfHours(int questions) => Math.Max(2, (int)Math.Round(questions * MinutesAQuestion / 30.0, MidpointRounding.AwayFromZero));

    private static string InWords(int halves) => $"{halves / 2}{(halves % 2 == 1 ? "½" : "")}";
}
