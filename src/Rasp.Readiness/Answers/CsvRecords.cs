using System.Text;

namespace Rasp.Readiness.Answers;

/// <summary>One cell and where it begins.</summary>
internal readonly record struct CsvCell(string Text, int Line, int Column);

/// <summary>
/// Splits text into records as RFC 4180 has it, keeping the place of each cell. Our own, because every fault must say its line
/// and column, an unclosed quotation mark where it was opened included, and no library served tells both.
/// </summary>
internal sealed class CsvRecords(string path, string text, List<Fault> faults)
{
    private int at;
    private int line = 1;
    private int lineStart;

    private int Column => at - lineStart + 1;

    private bool AtEnd => at >= text.Length;

    /// <summary>The records, lines that hold nothing left out. Ends at an unclosed quotation mark: what follows it can't be told apart.</summary>
    public IEnumerable<IReadOnlyList<CsvCell>> All()
    {
        while (!AtEnd)
        {
            if (EndLine()) continue;
            if (Record() is not { } record) yield break;
            yield return record;
        }
    }

    private List<CsvCell>? Record()
    {
        var cells = new List<CsvCell>();
        while (true)
        {
            var (cellLine, cellColumn) = (line, Column);
            if ((!AtEnd && text[at] == '"' ? Quoted() : Plain()) is not { } cell) return null;
            cells.Add(new(cell, cellLine, cellColumn));
            if (AtEnd || EndLine()) return cells;
            at++; // the comma
        }
    }

    private string Plain()
    {
        var from = at;
        while (!AtEnd && text[at] is not (',' or '\r' or '\n'))
        {
            if (text[at] == '"' && text.IndexOf('"', from) == at)
            {
                faults.Add(new(path, line, Column, "a quotation mark stands inside a cell that is not in quotes; put the whole cell in quotes and write each mark inside it twice"));
            }
            at++;
        }
        return text[from..at];
    }

    private string? Quoted()
    {
        var (openLine, openColumn) = (line, Column);
        var cell = new StringBuilder();
        for (at++; !AtEnd; at++)
        {
            if (text[at] == '"')
            {
                if (at + 1 < text.Length && text[at + 1] == '"')
                {
                    at++;
                }
                else
                {
                    at++;
                    if (!AtEnd && text[at] is not (',' or '\r' or '\n'))
                    {
                        faults.Add(new(path, line, Column, "after a closing quotation mark only a comma or the end of the line may follow; write a mark inside the cell twice"));
                        Plain();
                    }
                    return cell.ToString();
                }
            }
            cell.Append(text[at]);
            if (text[at] == '\n' || (text[at] == '\r' && !(at + 1 < text.Length && text[at + 1] == '\n'))) (line, lineStart) = (line + 1, at + 1);
        }
        faults.Add(new(path, openLine, openColumn, "the quotation mark that opens this cell is never closed; close it, and write a mark inside the cell twice"));
        return null;
    }

    private bool EndLine()
    {
        if (text[at] is not ('\r' or '\n')) return false;
        at += text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1;
        (line, lineStart) = (line + 1, at);
        return true;
    }
}
