namespace Rasp.Comparisons;

/// <summary>What partners are called beside a tile, where their names in full have no room: by what tells them apart, or by letters.</summary>
public sealed class PartnerLabels
{
    /// <summary>A longer word would not fit below a tile.</summary>
    private const int Longest = 14;

    private static readonly HashSet<string> Common = new(StringComparer.OrdinalIgnoreCase)
    {
        "council", "borough", "district", "county", "city", "metropolitan", "royal", "london", "unitary", "authority", "combined", "cyngor", "sir", "of", "the", "and", "&",
    };

    private readonly Dictionary<string, string> labels;

    private PartnerLabels(IReadOnlyList<string> names)
    {
        var words = names.Select(Distinct).ToList();
        AreLetters = words.Any(w => w.Length is 0 or > Longest) || words.Distinct(StringComparer.OrdinalIgnoreCase).Count() < words.Count;
        labels = names.Select((n, i) => (Name: n, Label: AreLetters ? Letter(i) : words[i])).ToDictionary(l => l.Name, l => l.Label, StringComparer.Ordinal);
    }

    /// <summary>Whether the labels are letters, which say nothing without a key.</summary>
    public bool AreLetters { get; }

    public string this[string organisation] => labels[organisation];

    /// <param name="names">Of all partners, each different, in their order.</param>
    public static PartnerLabels Of(IEnumerable<string> names) => new([.. names]);

    /// <summary>A, B, … Z, AA, AB, …: by a partner's place.</summary>
    public static string Letter(int index) => index < 26 ? $"{(char)('A' + index)}" : Letter((index / 26) - 1) + Letter(index % 26);

    /// <summary>Aldermere of Aldermere Borough Council, York of City of York Council.</summary>
    private static string Distinct(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries).SkipWhile(Common.Contains).ToList();
        while (words.Count > 0 && (Common.Contains(words[^1]) || (words.Count > 1 && string.Join(' ', words).Length > Longest))) words.RemoveAt(words.Count - 1);
        return string.Join(' ', words);
    }
}
