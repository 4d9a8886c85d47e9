using Microsoft.Extensions.Caching.Memory;
using Rasp.Data.Programmes;

namespace Rasp.Data.Trails;

/// <summary>
/// Notes in each owner's trail that somebody of another organisation was shown its data: before it is shown, and once an hour for each reader,
/// round and owner. Of owners on other servers, in the reader's own.
/// </summary>
public sealed class ReadTrail(Database database, Trail trail, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan OnceIn = TimeSpan.FromHours(1);

    /// <summary>Ids of as many organisations fit into the detail.</summary>
    private const int MostOwn = 6;

    private readonly MemoryCache noted = new(new MemoryCacheOptions { SizeLimit = 50_000 });

    /// <param name="kind">What is shown.</param>
    /// <param name="reading">To whom, and whose.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task NoteAsync(TrailKind kind, Reading reading, CancellationToken cancellation)
    {
        var hour = clock.GetUtcNow().UtcTicks / OnceIn.Ticks;
        var own = reading.For.Count == 0 ? null : string.Join(' ', reading.For.Take(MostOwn).Select(o => o.ToString("N")));
        var due = reading.Owners.Select(o => new TrailEvent(kind, reading.Person) { Organisation = o, Programme = reading.Programme, Subject = reading.Round, Detail = own })
            .Concat(reading.For.SelectMany(o => reading.Elsewhere, (o, key) => new TrailEvent(TrailKind.ElsewhereRead, reading.Person) { Organisation = o, Programme = reading.Programme, Subject = reading.Round, Detail = key }))
            .Where(e => !noted.TryGetValue((e, hour), out _)).ToList();
        if (due.Count == 0) return;
        await using var db = database.Open();
        await trail.AppendAllAsync(db, due, cancellation);
        foreach (var line in due) noted.Set((line, hour), true, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = OnceIn });
    }

    public void Dispose() => noted.Dispose();
}
