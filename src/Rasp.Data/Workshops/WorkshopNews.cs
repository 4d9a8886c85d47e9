using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Rasp.Data.Workshops;

/// <summary>
/// Tells those who look at a workshop that something in it has changed, never what. On PostgreSQL the news goes by the database, in the
/// transaction that makes it, so that every server hears it; on SQLite there is one server.
/// </summary>
public sealed partial class WorkshopNews(Database database, TimeProvider clock, ILogger<WorkshopNews> log) : BackgroundService
{
    private const string Channel = "rasp_workshops";

    /// <summary>What tells a proxy, and us, that a stream still has somebody at its end.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Listener, bool> listeners = new();

    /// <summary>How many are listening, to whichever workshop.</summary>
    public int Listeners => listeners.Count;

    /// <summary>Listens to a workshop until it is disposed of.</summary>
    /// <param name="workshop">Which.</param>
    /// <param name="seat">Whose seat is taken while this goes on; null for a seatless one.</param>
    /// <param name="hearsTurnout">Whether to hear when somebody joins or votes.</param>
    public Listener Listen(Guid workshop, Guid? seat, bool hearsTurnout)
    {
        var listener = new Listener(workshop, seat, hearsTurnout, clock, gone => listeners.TryRemove(gone, out _));
        listeners[listener] = true;
        return listener;
    }

    /// <summary>In the transaction that changes what the room sees, or who has voted; to be followed by <see cref="Tell"/> once that is committed.</summary>
    /// <param name="db">Whose transaction.</param>
    /// <param name="workshop">Where.</param>
    /// <param name="version">Of what the room sees now; null where somebody joined, left or voted.</param>
    /// <param name="cancellation">Stops it.</param>
    internal async Task PrepareAsync(RaspDb db, Guid workshop, int? version, CancellationToken cancellation)
    {
        if (!database.IsSqlite) await db.Database.ExecuteSqlAsync($"SELECT pg_notify({Channel}, {Payload(workshop, version)})", cancellation);
    }

    internal void Tell(Guid workshop, int? version)
    {
        if (database.IsSqlite) Hear(workshop, version);
    }

    /// <summary>What <see cref="PrepareAsync"/> sends, for a statement that does so itself.</summary>
    internal static string Payload(Guid workshop, int? version) => string.Create(CultureInfo.InvariantCulture, $"{workshop:N} {version}");

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(BeatAsync(stoppingToken), database.IsSqlite ? Task.CompletedTask : ReceiveAsync(stoppingToken));

    /// <summary>Keeps streams open, and notes once a minute who is there.</summary>
    private async Task BeatAsync(CancellationToken stopping)
    {
        const int BeatsAMinute = 4;
        using var timer = new PeriodicTimer(Beat, clock);
        for (var beat = 1; await IsTickAsync(timer, stopping); beat++)
        {
            foreach (var listener in listeners.Keys) listener.HearBeat();
            if (beat % BeatsAMinute != 0) continue;
            try
            {
                await NotePresenceAsync(stopping);
            }
            catch (DbException failure)
            {
                // Who is there is noted again in a minute.
                NotNoted(failure);
            }
        }
    }

    private static async Task<bool> IsTickAsync(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task NotePresenceAsync(CancellationToken stopping)
    {
        var seats = listeners.Keys.Select(l => l.Seat).OfType<Guid>().Distinct().ToList();
        if (seats.Count == 0) return;
        var now = clock.GetUtcNow();
        await using var db = database.Open();
        await db.Seats.Where(s => seats.Contains(s.Id)).ExecuteUpdateAsync(s => s.SetProperty(x => x.LastSeenAt, now), stopping);
    }

    /// <summary>Hears what any server has changed. After a gap, all look again: what was said meanwhile is lost.</summary>
    private async Task ReceiveAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.ConnectForListeningAsync(stopping);
                connection.Notification += (_, news) => Hear(news.Payload);
                await using (var listen = connection.CreateCommand())
                {
                    listen.CommandText = $"LISTEN {Channel}";
                    await listen.ExecuteNonQueryAsync(stopping);
                }
                foreach (var listener in listeners.Keys) listener.HearGap();
                while (true) await connection.WaitAsync(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception broken) when (broken is DbException or IOException or System.Net.Sockets.SocketException or TimeoutException)
            {
                Deaf(broken);
            }
            try
            {
                await Task.Delay(BetweenTries, clock, stopping);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private void Hear(string payload)
    {
        if (payload.Split(' ') is not [var id, var version] || !Guid.TryParseExact(id, "N", out var workshop)) return;
        Hear(workshop, int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null);
    }

    private void Hear(Guid workshop, int? version)
    {
        foreach (var listener in listeners.Keys)
        {
            if (listener.Workshop == workshop) listener.Hear(version);
        }
    }

    [LoggerMessage(LogLevel.Warning, "News of workshops on other servers can't be heard; trying again.")]
    private partial void Deaf(Exception broken);

    [LoggerMessage(LogLevel.Warning, "Who is in a workshop could not be noted.")]
    private partial void NotNoted(Exception failure);
}
