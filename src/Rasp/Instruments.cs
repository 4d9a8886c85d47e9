using System.Reflection;
using System.Text;
using Rasp.Readiness;
using Rasp.Readiness.Instruments;

namespace Rasp;

/// <summary>The instrument that travels inside the program.</summary>
internal static class Instruments
{
    public const string BuiltInId = "rasp";

    private const string Folder = "instruments/rasp/";

    private static readonly Lazy<Instrument> Read = new(() =>
    {
        var reading = InstrumentYaml.Read(File("instrument.yaml")!, File);
        return reading.Value ?? throw new InvalidOperationException(string.Join(Environment.NewLine, reading.Faults));
    });

    public static Instrument BuiltIn => Read.Value;

    /// <summary>Its files by name.</summary>
    public static Dictionary<string, string> BuiltInFiles() =>
        Embedded.Names(Folder).ToDictionary(name => name, name => Encoding.UTF8.GetString(Embedded.Read(Folder + name)!));

    private static SourceFile? File(string name) => Embedded.Read(Folder + name) is { } bytes ? new(Folder + name, bytes) : null;
}

/// <summary>Files inside the program.</summary>
internal static class Embedded
{
    private static readonly Assembly Program = typeof(Embedded).Assembly;

    public static IEnumerable<string> Names(string folder) =>
        Program.GetManifestResourceNames().Where(n => n.StartsWith(folder, StringComparison.Ordinal)).Select(n => n[folder.Length..]).Order(StringComparer.Ordinal);

    public static byte[]? Read(string name)
    {
        using var stream = Program.GetManifestResourceStream(name);
        if (stream is null) return null;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
