using System.Text;

namespace Rasp.Organisations;

/// <summary>Names of UK councils, to propose while somebody types.</summary>
public static class Councils
{
    public static IReadOnlyList<string> Names { get; } =
        [.. Encoding.UTF8.GetString(Embedded.Read("organisations/councils.txt")!).ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => !l.StartsWith('#'))];
}
