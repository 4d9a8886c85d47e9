using System.Globalization;
using System.Text.RegularExpressions;

namespace Rasp.Readiness.Instruments;

/// <summary>A mapping on its way to become a value: what stands in it, and where.</summary>
internal sealed record YamlMap(YamlMapping Node)
{
    public YamlNode? Find(string key) => Node.Entries.FirstOrDefault(e => e.Key.Value == key).Value;

    /// <summary>The value of a key; the mapping itself where the key is missing.</summary>
    public YamlNode At(string key) => Find(key) ?? Node;
}

/// <summary>Keys already given to siblings, and where.</summary>
internal sealed class KeysInUse : Dictionary<string, (string Path, int Line)>
{
    public KeysInUse()
        : base(StringComparer.Ordinal)
    {
    }
}

/// <summary>Turns nodes of one file into texts, numbers and lists, and everything that is not right into faults. Always returns something, so that reading goes on to the next fault.</summary>
internal sealed partial class YamlReader(string path, List<Fault> faults)
{
    // Sums of products of weights must neither overflow nor vanish.
    private const double Lightest = 1e-100;
    private const double Heaviest = 1e100;

    public void Fault(YamlNode at, string message) => faults.Add(new(path, at.Line, at.Column, message));

    public YamlMap? Mapping(YamlNode node, string what, IReadOnlyCollection<string> known)
    {
        if (node is YamlUnknown) return null;
        if (node is not YamlMapping mapping)
        {
            Fault(node, $"{what} must be written as keys with values ({string.Join(", ", known)})");
            return null;
        }
        foreach (var (key, _) in mapping.Entries.Where(e => !known.Contains(e.Key.Value)))
        {
            Fault(key, $"there is no key {Quoting.Quote(key.Value)} in {what}; {Quoting.DidYouMean(key.Value, known)}");
        }
        return new(mapping);
    }

    public YamlSequence? Sequence(YamlMap map, string key, bool required = false)
    {
        switch (map.Find(key))
        {
            case YamlSequence sequence:
                return sequence;
            case YamlUnknown:
                return null;
            case null:
                if (required) Missing(map, key, "a list");
                return null;
            case var other:
                Fault(other, $"{key} must be a list");
                return null;
        }
    }

    /// <summary>The text of a key that must be there; empty where it is not.</summary>
    public string Text(YamlMap map, string key)
    {
        if (map.Find(key) is { } node) return TextOf(node, key);
        Missing(map, key, "a text");
        return "";
    }

    public string? OptionalText(YamlMap map, string key) => map.Find(key) is { } node ? TextOf(node, key) : null;

    /// <summary>Whether an optional key says true.</summary>
    public bool IsTrue(YamlMap map, string key)
    {
        if (OptionalText(map, key) is not { Length: > 0 } text) return false;
        if (text is not ("true" or "false")) Fault(map.At(key), $"{key} must be true or false, not {Quoting.Quote(text)}");
        return text == "true";
    }

    public IReadOnlyList<string> Texts(YamlMap map, string key, bool required = false)
    {
        if (Sequence(map, key, required) is not { } sequence) return [];
        return [.. sequence.Items.Select((item, i) => TextOf(item, $"{key}, number {i + 1},"))];
    }

    public string Key(YamlMap map, string key, string what, KeysInUse? taken = null)
    {
        var text = Text(map, key);
        if (text.Length == 0) return text;
        var at = map.At(key);
        if (!text.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
        {
            Fault(at, $"{what} is made of lower-case letters, digits and hyphens, not {Quoting.Quote(text)}");
        }
        else if (taken?.TryAdd(text, (path, at.Line)) == false)
        {
            var (takenPath, takenLine) = taken[text];
            Fault(at, $"{what} must be its own: {Quoting.Quote(text)} is taken {(takenPath == path ? "" : $"in {takenPath} ")}on line {takenLine}");
        }
        return text;
    }

    /// <summary>A list of things with a key each.</summary>
    public IReadOnlyList<T> Keyed<T>(YamlMap map, string key, string what, IReadOnlyCollection<string> known, Func<YamlMap, string, T> read, bool required = false)
    {
        var things = new List<T>();
        if (Sequence(map, key, required) is not { } sequence) return things;
        if (required && sequence.Items.Count == 0) Fault(sequence, $"{key} is empty; list at least one");
        var taken = new KeysInUse();
        foreach (var item in sequence.Items)
        {
            if (Mapping(item, what, known) is { } thing) things.Add(read(thing, Key(thing, "key", $"{what}'s key", taken)));
        }
        return things;
    }

    /// <summary>A list of keys of things that the instrument has defined; null for those where they can't be judged.</summary>
    public IReadOnlyList<T> References<T>(YamlMap map, string key, string what, IReadOnlyList<T>? known, Func<T, string> keyOf)
    {
        var found = new List<T>();
        foreach (var item in Sequence(map, key)?.Items ?? [])
        {
            var name = TextOf(item, $"the {what}");
            if (name.Length == 0 || known is null) continue;
            if (known.FirstOrDefault(k => keyOf(k) == name) is not { } thing)
            {
                Fault(item, $"there is no {what} {Quoting.Quote(name)}; {Quoting.DidYouMean(name, [.. known.Select(keyOf)])}");
            }
            else if (found.Contains(thing))
            {
                Fault(item, $"the {what} {Quoting.Quote(name)} is named twice; name it once");
            }
            else
            {
                found.Add(thing);
            }
        }
        return found;
    }

    public double Weight(YamlMap map)
    {
        if (Number(map, "weight") is not { } weight) return 1;
        if (weight <= 0) Fault(map.At("weight"), $"a weight must be greater than 0, not {weight.ToString(CultureInfo.InvariantCulture)}");
        else if (weight is < Lightest or > Heaviest) Fault(map.At("weight"), "a weight must be from 1e-100 to 1e100, or sums of weights lose their meaning");
        return weight;
    }

    public double? Number(YamlMap map, string key, bool required = false)
    {
        if (NumberText(map, key, "a number", required) is not { } text) return null;
        if (DecimalNumber().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)) return number;
        Fault(map.At(key), $"{key} must be a number such as 1 or 0.5, not {Quoting.Quote(text)}");
        return null;
    }

    public int? Whole(YamlMap map, string key, bool required = false)
    {
        if (NumberText(map, key, "a whole number", required) is not { } text) return null;
        if (WholeNumber().IsMatch(text) && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;
        Fault(map.At(key), $"{key} must be a whole number, not {Quoting.Quote(text)}");
        return null;
    }

    private string? NumberText(YamlMap map, string key, string what, bool required)
    {
        switch (map.Find(key))
        {
            case YamlScalar { IsPlain: true } scalar when IsNull(scalar):
                Fault(scalar, $"{key} is empty; write {what}{(required ? "" : ", or leave the key out")}");
                return null;
            case YamlScalar { IsPlain: true } scalar:
                return scalar.Value;
            case YamlUnknown:
                return null;
            case YamlScalar quoted:
                Fault(quoted, $"{key} must be {what}, written without quotes");
                return null;
            case null:
                if (required) Missing(map, key, what);
                return null;
            case var other:
                Fault(other, $"{key} must be {what}");
                return null;
        }
    }

    private string TextOf(YamlNode node, string what)
    {
        if (node is YamlUnknown) return "";
        if (node is not YamlScalar scalar)
        {
            Fault(node, $"{what} must be one text, not {(node is YamlSequence ? "a list; put a text that begins with a bracket in quotes" : "a key with a value; put a text that holds ': ' in quotes")}");
            return "";
        }
        if (IsNull(scalar) || string.IsNullOrWhiteSpace(scalar.Value))
        {
            Fault(node, $"{what} is empty; write a text");
            return "";
        }
        return scalar.Value.Trim();
    }

    private static bool IsNull(YamlScalar scalar) => scalar.IsPlain && scalar.Value is "" or "~" or "null" or "Null" or "NULL";

    private void Missing(YamlMap map, string key, string what) => Fault(map.Node, $"the key '{key}' is missing here; write '{key}:' and {what}");

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$")]
    private static partial Regex DecimalNumber();

    [GeneratedRegex("^[-+]?[0-9]+$")]
    private static partial Regex WholeNumber();
}
