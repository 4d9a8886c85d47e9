using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rasp.Readiness;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Sharing;

namespace Rasp.Data;

/// <summary>The instruments of this installation, each version as it was when it was first stored.</summary>
public sealed class InstrumentLibrary(Database database)
{
    private readonly ConcurrentDictionary<(string Id, string Version), Instrument> read = new();

    /// <summary>The instrument that new assessments use.</summary>
    public Instrument Current { get; private set; } = null!;

    /// <summary>Stores the built-in instrument where its version is new, and makes it the current one.</summary>
    /// <param name="files">Its files by name, <c>instrument.yaml</c> among them.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="InstrumentChangedException">Assessments use this version, and its files have changed since.</exception>
    public async Task AdoptAsync(IReadOnlyDictionary<string, string> files, CancellationToken cancellation = default)
    {
        var instrument = Parse(files);
        var text = JsonSerializer.Serialize(new SortedDictionary<string, string>(files.ToDictionary(), StringComparer.Ordinal));
        await using var db = database.Open();
        var stored = await db.Instruments.SingleOrDefaultAsync(i => i.Id == instrument.Id && i.Version == instrument.Version, cancellation);
        if (stored is null)
        {
            db.Instruments.Add(new() { Id = instrument.Id, Version = instrument.Version, Files = text });
        }
        else if (stored.Files != text)
        {
            if (await db.Assessments.AnyAsync(a => a.InstrumentId == instrument.Id && a.InstrumentVersion == instrument.Version, cancellation))
            {
                throw new InstrumentChangedException(
                    $"the questions of {instrument} have changed, and assessments in this database use that version; give instrument.yaml a new version, or start with another database");
            }
            stored.Files = text;
        }
        await db.SaveChangesAsync(cancellation);
        Current = read[(instrument.Id, instrument.Version)] = instrument;
    }

    /// <summary>A stored version.</summary>
    public async ValueTask<Instrument> GetAsync(string id, string version, CancellationToken cancellation = default)
    {
        if (read.TryGetValue((id, version), out var known)) return known;
        await using var db = database.Open();
        var stored = await db.Instruments.AsNoTracking().SingleAsync(i => i.Id == id && i.Version == version, cancellation);
        return read.GetOrAdd((id, version), _ => Parse(JsonSerializer.Deserialize<Dictionary<string, string>>(stored.Files)!));
    }

    /// <summary>A stored version, as another server can tell whether it asks the same (docs/exchange.md).</summary>
    public async Task<AskedInstrument> AskedAsync(string id, string version, CancellationToken cancellation = default)
    {
        await using var db = database.Open();
        var stored = await db.Instruments.AsNoTracking().SingleAsync(i => i.Id == id && i.Version == version, cancellation);
        var list = new StringBuilder();
        foreach (var (name, text) in JsonSerializer.Deserialize<Dictionary<string, string>>(stored.Files)!.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            // What sha256sum prints. A checkout on Windows ends lines otherwise, and asks the same.
            list.Append(Sha256(text.ReplaceLineEndings("\n"))).Append("  ").Append(name).Append('\n');
        }
        return new(id, version, Sha256(list.ToString()));

        static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Every stored version.</summary>
    public async Task<IReadOnlyList<(string Id, string Version)>> AllAsync(CancellationToken cancellation = default)
    {
        await using var db = database.Open();
        return (await db.Instruments.AsNoTracking().OrderBy(i => i.Id).ThenBy(i => i.Version).Select(i => new { i.Id, i.Version }).ToListAsync(cancellation)).ConvertAll(i => (i.Id, i.Version));
    }

    private static Instrument Parse(IReadOnlyDictionary<string, string> files)
    {
        var reading = InstrumentYaml.Read(File("instrument.yaml")!, File);
        return reading.Value ?? throw new InvalidOperationException(string.Join(Environment.NewLine, reading.Faults));

        SourceFile? File(string name) => files.TryGetValue(name, out var text) ? new(name, Encoding.UTF8.GetBytes(text)) : null;
    }
}

/// <summary>Once used by an assessment, a version of an instrument never changes.</summary>
public sealed class InstrumentChangedException(string message) : Exception(message);
