using System.Threading.Channels;

namespace Rasp.Data.Workshops;

/// <summary>What a listener hears.</summary>
public enum HeardKind
{
    /// <summary>What the room sees has changed.</summary>
    Room,

    /// <summary>Somebody joined, left or voted.</summary>
    Turnout,

    /// <summary>Nothing: the stream is kept open.</summary>
    Beat,
}

/// <summary>What a listener heard.</summary>
/// <param name="Kind">What.</param>
/// <param name="Version">Of what the room sees now; null where that is to be looked up.</param>
public readonly record struct Heard(HeardKind Kind, int? Version);

/// <summary>Somebody who listens to a workshop. What was missed while busy is heard once, as it is now.</summary>
public sealed class Listener : IDisposable
{
    /// <summary>At most two a second.</summary>
    private static readonly TimeSpan BetweenTurnouts = TimeSpan.FromSeconds(0.5);

    private readonly Channel<bool> signal = System.Threading.Channels.Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock gate = new();
    private readonly bool hearsTurnout;
    private readonly TimeProvider clock;
    private readonly Action<Listener> gone;
    private (bool IsNew, int? Version) room;
    private bool hasTurnout;
    private bool hasBeat;
    private DateTimeOffset turnoutFrom;

    internal Listener(Guid workshop, Guid? seat, bool hearsTurnout, TimeProvider clock, Action<Listener> gone) =>
        (Workshop, Seat, this.hearsTurnout, this.clock, this.gone) = (workshop, seat, hearsTurnout, clock, gone);

    public Guid Workshop { get; }

    internal Guid? Seat { get; }

    /// <summary>Waits for the next news.</summary>
    public async Task<Heard> NextAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (Take(out var wait) is { } heard) return heard;
            if (wait is not { } pause)
            {
                await signal.Reader.ReadAsync(cancellation);
                continue;
            }
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            await await Task.WhenAny(Task.Delay(pause, clock, either.Token), signal.Reader.WaitToReadAsync(either.Token).AsTask());
            await either.CancelAsync();
            signal.Reader.TryRead(out _);
        }
    }

    public void Dispose() => gone(this);

    internal void Hear(int? version)
    {
        lock (gate)
        {
            if (version is not null) room = (true, version);
            else if (hearsTurnout) hasTurnout = true;
            else return;
        }
        signal.Writer.TryWrite(true);
    }

    internal void HearGap()
    {
        lock (gate)
        {
            room = (true, null);
        }
        signal.Writer.TryWrite(true);
    }

    internal void HearBeat()
    {
        lock (gate)
        {
            hasBeat = true;
        }
        signal.Writer.TryWrite(true);
    }

    private Heard? Take(out TimeSpan? wait)
    {
        lock (gate)
        {
            wait = null;
            if (room.IsNew)
            {
                var version = room.Version;
                // Whoever looks at the room sees the turnout too.
                (room, hasTurnout) = ((false, null), false);
                return new(HeardKind.Room, version);
            }
            if (hasBeat)
            {
                hasBeat = false;
                return new(HeardKind.Beat, null);
            }
            if (!hasTurnout) return null;
            var now = clock.GetUtcNow();
            if (now < turnoutFrom)
            {
                wait = turnoutFrom - now;
                return null;
            }
            (hasTurnout, turnoutFrom) = (false, now + BetweenTurnouts);
            return new(HeardKind.Turnout, null);
        }
    }
}
