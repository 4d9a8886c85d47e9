using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Rasp.Readiness.Instruments;

/// <summary>
/// YAML as a tree that keeps every place, every duplicate key and whether a scalar was quoted, so that a reader can report all
/// faults and not only the first: what YamlDotNet's own object model does not keep.
/// </summary>
internal abstract record YamlNode(int Line, int Column)
{
    /// <summary>How many nodes this one is when its aliases are written out.</summary>
    public long Size { get; init; } = 1;
}

internal sealed record YamlScalar(int Line, int Column, string Value, bool IsPlain) : YamlNode(Line, Column);

internal sealed record YamlSequence(int Line, int Column, IReadOnlyList<YamlNode> Items) : YamlNode(Line, Column);

internal sealed record YamlMapping(int Line, int Column, IReadOnlyList<(YamlScalar Key, YamlNode Value)> Entries) : YamlNode(Line, Column);

/// <summary>What an alias stands for that refers to nothing: its fault is told already, and what is wrong with it beyond that nobody knows.</summary>
internal sealed record YamlUnknown(int Line, int Column) : YamlNode(Line, Column);

internal sealed class YamlTree
{
    /// <summary>Far more than any instrument has; what a few lines of nested aliases can pretend to be (a billion laughs) is beyond it.</summary>
    private const long LargestSize = 200_000;
    private const int DeepestNesting = 40;

    private readonly string path;
    private readonly List<Fault> faults;
    private readonly Dictionary<string, YamlNode> anchors = new(StringComparer.Ordinal);
    private readonly Stack<Mark> open = []; // brackets not yet closed
    private readonly Scanner scanner;
    private readonly Parser parser;

    private YamlTree(string path, string text, List<Fault> faults)
    {
        (this.path, this.faults) = (path, faults);
        scanner = new Scanner(new StringReader(Veiled(text)));
        parser = new Parser(scanner);
    }

    /// <summary>The root of the file's one document; null, and a fault added, where the text is not such a document.</summary>
    public static YamlNode? Read(SourceFile file, List<Fault> faults)
    {
        if (file.Text(faults, "save it as UTF-8 text") is not { } text) return null;
        var tree = new YamlTree(file.Path, text, faults);
        try
        {
            return tree.Document();
        }
        catch (TooMuchException tooMuch)
        {
            faults.Add(new(file.Path, tooMuch.Line, tooMuch.Column, tooMuch.Message));
        }
        catch (YamlException notYaml)
        {
            faults.Add(NotYaml.Fault(file.Path, text, notYaml, tree.OpenBracket(text)));
        }
        return null;
    }

    private YamlNode? Document()
    {
        Next<StreamStart>();
        if (parser.Current is StreamEnd)
        {
            faults.Add(new(path, 1, 1, "the file is empty; write an instrument here, or one area of it"));
            return null;
        }
        Next<DocumentStart>();
        var root = Node(0);
        Next<DocumentEnd>();
        if (parser.Current is not StreamEnd)
        {
            faults.Add(new(path, Place(parser.Current!.Start.Line), Place(parser.Current.Start.Column), "a second document begins here; keep one document in a file"));
        }
        return root;
    }

    private YamlNode Node(int depth)
    {
        var at = parser.Current!;
        var (line, column) = (Place(at.Start.Line), Place(at.Start.Column));
        if (depth > DeepestNesting) throw new TooMuchException(line, column, $"this is nested more than {DeepestNesting} deep; an instrument never is");
        switch (at)
        {
            case Scalar scalar:
                Advance();
                return Anchored(scalar.Anchor, new YamlScalar(line, column, Unveiled(scalar.Value), scalar.Style == ScalarStyle.Plain));
            case AnchorAlias alias:
                Advance();
                if (anchors.TryGetValue(alias.Value.Value, out var target)) return target with { Line = line, Column = column };
                faults.Add(new(path, line, column, $"*{alias.Value.Value} refers to nothing that is complete above it; write the text out"));
                return new YamlUnknown(line, column);
            case SequenceStart start:
                return Anchored(start.Anchor, Sequence(line, column, depth, start.Style == SequenceStyle.Flow));
            case MappingStart start:
                return Anchored(start.Anchor, Mapping(line, column, depth, start.Style == MappingStyle.Flow));
            default:
                throw new YamlException(at.Start, at.End, "a value is missing here");
        }
    }

    private YamlSequence Sequence(int line, int column, int depth, bool hasBrackets)
    {
        var items = new List<YamlNode>();
        if (hasBrackets) open.Push(parser.Current!.Start);
        Next<SequenceStart>();
        while (parser.Current is not SequenceEnd)
        {
            items.Add(Node(depth + 1));
        }
        if (hasBrackets) open.Pop();
        Next<SequenceEnd>();
        return new(line, column, items) { Size = SizeOf(line, column, items) };
    }

    private YamlMapping Mapping(int line, int column, int depth, bool hasBrackets)
    {
        var entries = new List<(YamlScalar Key, YamlNode Value)>();
        var firstAt = new Dictionary<string, int>(StringComparer.Ordinal);
        if (hasBrackets) open.Push(parser.Current!.Start);
        Next<MappingStart>();
        while (parser.Current is not MappingEnd)
        {
            var key = Node(depth + 1);
            var value = Node(depth + 1);
            if (key is YamlUnknown) continue;
            if (key is not YamlScalar scalar)
            {
                faults.Add(new(path, key.Line, key.Column, "a key must be plain text"));
            }
            else if (!firstAt.TryAdd(scalar.Value, scalar.Line))
            {
                faults.Add(new(path, scalar.Line, scalar.Column,
                    $"the key {Quoting.Quote(scalar.Value)} stands here a second time (first on line {firstAt[scalar.Value]}); keep one of them"));
            }
            else
            {
                entries.Add((scalar, value));
            }
        }
        if (hasBrackets) open.Pop();
        Next<MappingEnd>();
        // The parser gives a pair that stands alone in a list no place of its own.
        if (depth > 0 && (line, column) == (1, 1) && entries.Count > 0) (line, column) = (entries[0].Key.Line, entries[0].Key.Column);
        return new(line, column, entries) { Size = SizeOf(line, column, entries.Select(e => e.Value)) };
    }

    private YamlNode Anchored(AnchorName anchor, YamlNode node)
    {
        if (!anchor.IsEmpty) anchors[anchor.Value] = node;
        return node;
    }

    private static long SizeOf(int line, int column, IEnumerable<YamlNode> children)
    {
        var size = 1 + children.Sum(c => c.Size);
        return size <= LargestSize ? size
            : throw new TooMuchException(line, column, $"this has more than {LargestSize} values, aliases written out, and no instrument has; take out what is not one, and nest no aliases");
    }

    private void Next<T>()
        where T : ParsingEvent
    {
        if (parser.Current is null) Advance();
        if (parser.Current is not T) throw new YamlException(parser.Current!.Start, parser.Current.End, "unexpected structure");
        Advance();
    }

    /// <summary>The parser has other exceptions than its own for some texts that are not YAML, such as an unclosed bracket before a key.</summary>
    private void Advance()
    {
        try
        {
            parser.MoveNext();
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            throw new YamlException(scanner.CurrentPosition, scanner.CurrentPosition, "the text can't be read from here on");
        }
    }

    /// <summary>The innermost bracket not yet closed. The scanner may have read on, so what it has read since is looked through.</summary>
    private Mark? OpenBracket(string text)
    {
        var from = parser.Current?.End ?? Mark.Empty;
        var quote = '\0';
        for (var i = (int)from.Index; i < Math.Min(text.Length, (int)scanner.CurrentPosition.Index); i++)
        {
            var c = text[i];
            if (quote != '\0' || c is '"' or '\'') quote = quote == '\0' ? c : quote == c ? '\0' : quote;
            else if (c is '[' or '{') open.Push(MarkAt(i));
            else if (c is ']' or '}') open.TryPop(out _);
        }
        return open.TryPeek(out var bracket) ? bracket : null;

        Mark MarkAt(int i)
        {
            var line = from.Line + text.AsSpan((int)from.Index, i - (int)from.Index).Count('\n');
            return new(i, line, i - text.AsSpan(0, i).LastIndexOfAny('\r', '\n'));
        }
    }

    /// <summary>YAML 1.2 ends a line at CR and LF alone; the parser still does at these, which come along when text is pasted from elsewhere.</summary>
    private static string Veiled(string text) => text.Replace('\u0085', '\uE085').Replace('\u2028', '\uE028').Replace('\u2029', '\uE029');

    private static string Unveiled(string text) => text.Replace('\uE085', '\u0085').Replace('\uE028', '\u2028').Replace('\uE029', '\u2029');

    private static int Place(long mark) => (int)Math.Clamp(mark, 1, int.MaxValue);

    private sealed class TooMuchException(int line, int column, string message) : Exception(message)
    {
        public int Line => line;

        public int Column => column;
    }
}
