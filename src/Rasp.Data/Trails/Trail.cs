using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Rasp.Data.Trails;

/// <summary>What to note.</summary>
public sealed record TrailEvent(TrailKind Kind, Guid? Actor)
{
    public Guid? Organisation { get; init; }

    public Guid? Programme { get; init; }

    public Guid? Subject { get; init; }

    public string? Detail { get; init; }
}

/// <summary>What verifying the trail found.</summary>
/// <param name="Lines">How many lines were read.</param>
/// <param name="Hash">The last hash, in hexadecimal: to note down elsewhere, so that a shortened trail shows.</param>
/// <param name="Fault">The first thing that is wrong; null where nothing is.</param>
public sealed record TrailCheck(long Lines, string Hash, string? Fault);

/// <summary>The append-only, hash-chained record of who did what (sharing.md 9).</summary>
public sealed class Trail(TimeProvider clock)
{
    /// <summary>Before the first line.</summary>
    public static byte[] Beginning => new byte[32];

    /// <summary>Adds a line, in the transaction that does what it tells of, or in one of its own.</summary>
    public Task AppendAsync(RaspDb db, TrailEvent what, CancellationToken cancellation = default) => AppendAllAsync(db, [what], cancellation);

    /// <summary>Adds lines one after the other.</summary>
    public async Task AppendAllAsync(RaspDb db, IReadOnlyCollection<TrailEvent> all, CancellationToken cancellation = default)
    {
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellation) : null;
        // Changing the head first makes all others wait until these lines are there, or are not.
        await db.TrailHeads.ExecuteUpdateAsync(h => h.SetProperty(x => x.Number, x => x.Number + all.Count), cancellation);
        var head = await db.TrailHeads.AsNoTracking().SingleAsync(cancellation);
        var (number, hash, now) = (head.Number - all.Count, head.Hash, clock.GetUtcNow());
        foreach (var what in all)
        {
            var line = new TrailLine(++number, now, what.Kind.ToString(), what.Actor, what.Organisation, what.Programme, what.Subject, what.Detail);
            hash = line.HashAfter(hash);
            db.Trail.Add(TrailEntry.Of(line, hash));
        }
        await db.SaveChangesAsync(cancellation);
        await db.TrailHeads.ExecuteUpdateAsync(h => h.SetProperty(x => x.Hash, hash), cancellation);
        if (own is not null) await own.CommitAsync(cancellation);
    }

    /// <summary>Follows the whole chain.</summary>
    /// <param name="db">Where it is.</param>
    /// <param name="noted">A hash that was the last one once: it must still be there. Null where none was noted.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<TrailCheck> VerifyAsync(RaspDb db, byte[]? noted = null, CancellationToken cancellation = default)
    {
        var (number, hash) = (0L, Beginning);
        var isNotedMissing = noted is not null && !noted.AsSpan().SequenceEqual(hash);
        // Up to the head as it is now: lines may be added meanwhile.
        if (await db.TrailHeads.AsNoTracking().SingleOrDefaultAsync(cancellation) is not { } head) return Faulty("The note of the trail's last line is missing.");
        await foreach (var entry in db.Trail.AsNoTracking().Where(e => e.Number <= head.Number).OrderBy(e => e.Number).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            number++;
            if (entry.Number != number) return Faulty(entry.Number > number ? $"Line {number} is missing: the next is {entry.Number}." : $"A line {entry.Number} was put in before the first.");
            hash = entry.Line.HashAfter(hash);
            if (!hash.AsSpan().SequenceEqual(entry.Hash)) return Faulty($"Line {number} ({entry.At.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)}, {entry.Kind}) was changed, or one before it was removed, put in or replaced.");
            if (isNotedMissing && hash.AsSpan().SequenceEqual(noted)) isNotedMissing = false;
        }
        return number < head.Number ? Faulty($"Line {number + 1} is missing, and all up to line {head.Number}: the end of the trail was cut off.")
            : !hash.AsSpan().SequenceEqual(head.Hash) ? Faulty("The trail's last line is not the one that was written last.")
            : await db.Trail.AnyAsync(e => e.Number > db.TrailHeads.Max(h => h.Number), cancellation) ? Faulty("Lines were put in after the last.")
            : isNotedMissing ? Faulty("The trail does not lead through the hash that you noted: from some line before it on, it was written anew.")
            : new(number, Convert.ToHexStringLower(hash), null);

        TrailCheck Faulty(string what) => new(number, Convert.ToHexStringLower(hash), what);
    }
}
