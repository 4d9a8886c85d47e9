using YamlDotNet.Core;

namespace Rasp.Readiness.Instruments;

/// <summary>Says why a text is not YAML: the parser speaks of tokens and scalars, whoever wrote the file needs to know what to change, and where.</summary>
internal static class NotYaml
{
    // What the parser says, and what it nearly always means.
    private static readonly (string Said, string Means)[] Reasons =
    [
        ("multi-line double-quoted scalar, found wrong indentation", "the quotation mark here is not closed before the next line; close it"),
        ("quoted scalar, found unexpected end of stream", "the quotation mark here is never closed; close it"),
        ("unknown escape character", "a backslash in double quotes begins an escape; write it twice, or use single quotes"),
        ("found invalid mapping", "a key can't stand here; indent it like the keys beside it, or, where ': ' is part of a text, put the text in quotes"),
        ("did not find expected '-' indicator", "this belongs to no list item; begin it with '- ', or mend the indentation"),
        ("found character that cannot start any token", "a text can't begin with this character; put the text in quotes"),
        ("did not find expected node content", "a value is missing here, or a bracket is one too many"),
        ("did not find expected ',' or '}'", "a comma or } is missing here"),
        ("did not find expected ',' or ']'", "a comma or ] is missing here"),
        ("directive", "a line can't begin with %; put a text that does in quotes"),
        ("could not find expected ':'", "a key without a colon; write ': ' and a value after it, or indent the line as part of the text above"),
    ];

    /// <param name="path">The file.</param>
    /// <param name="text">What it holds.</param>
    /// <param name="fault">What the parser says.</param>
    /// <param name="open">The innermost bracket that was open then; null where there was none.</param>
    public static Fault Fault(string path, string text, YamlException fault, Mark? open)
    {
        var said = fault.InnerException?.Message ?? fault.Message;
        if (said.Contains("tab", StringComparison.Ordinal) && TabIndent(text, fault.Start) is { } tab)
        {
            return new(path, tab.Line, tab.Column, "this is not YAML: a tab indents this line; indent with spaces");
        }
        var (line, column) = Place(text, fault.Start);
        if (open is { } bracket && bracket.Line < line)
        {
            var opening = text[(int)bracket.Index];
            return new(path, (int)bracket.Line, (int)bracket.Column,
                $"this is not YAML: the {opening} here is not closed, or what it holds can't be read on line {line}; close it with {(opening == '[' ? ']' : '}')}");
        }
        var means = said.Contains("did not find expected key", StringComparison.Ordinal)
            ? NoKey(text, fault.Start)
            : Reasons.FirstOrDefault(r => said.Contains(r.Said, StringComparison.Ordinal)).Means;
        // YamlDotNet takes no anchor on a value in braces that a comma follows, which is YAML: at least say what will do.
        if (said.Contains("did not find expected ',' or '}'", StringComparison.Ordinal) && LineOf(text, line).Contains('&'))
        {
            return new(path, line, column, "an anchor (&) in braces can't be read here; write these keys on lines of their own, without braces");
        }
        return new(path, line, column, $"this is not YAML: {means ?? said.TrimEnd('.')}");
    }

    private static string LineOf(string text, int line) => text.ReplaceLineEndings("\n").Split('\n').ElementAtOrDefault(line - 1) ?? "";

    private static string NoKey(string text, Mark at)
    {
        var before = text.AsSpan(0, Math.Min(text.Length, (int)at.Index));
        var beginsItsLine = before[(before.LastIndexOfAny('\r', '\n') + 1)..].IsWhiteSpace();
        return beginsItsLine
            ? "a key, a colon and a space are expected here; write them, or mend the indentation"
            : "nothing can follow here; where a text in quotes goes on after its closing mark, write the marks inside it twice";
    }

    private static (int Line, int Column)? TabIndent(string text, Mark from)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = Math.Max(0, (int)from.Line - 1); i < lines.Length; i++)
        {
            var indent = lines[i].AsSpan(0, lines[i].Length - lines[i].AsSpan().TrimStart().Length);
            if (indent.Contains('\t')) return (i + 1, indent.IndexOf('\t') + 1);
        }
        return null;
    }

    /// <summary>A mark's line and column; the end of the text where the parser puts what is missing there on a line of its own below it.</summary>
    private static (int Line, int Column) Place(string text, Mark mark)
    {
        var (line, column) = ((int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));
        var isBelowTheEnd = mark.Index >= text.Length && line > 1 && column == 1 && !text.EndsWith('\n') && !text.EndsWith('\r');
        return isBelowTheEnd ? (line - 1, text.Length - text.AsSpan().LastIndexOfAny('\r', '\n')) : (line, column);
    }
}
