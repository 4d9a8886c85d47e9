using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Rasp.Bench;

/// <summary>A reply as it came; its bytes are good until the next one.</summary>
internal readonly ref struct Reply(int status, ReadOnlySpan<byte> body)
{
    public int Status { get; } = status;

    /// <summary>As sent: in chunks, where it was.</summary>
    public ReadOnlySpan<byte> Body { get; } = body;
}

/// <summary>A kept-alive connection that exchanges one request for one reply. It blocks its thread: nothing costs less, and the server shares these processors.</summary>
internal sealed class Connection : IDisposable
{
    private readonly Socket socket;
    private byte[] buffer = new byte[64 * 1024];

    public Connection(IPEndPoint address)
    {
        socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 30_000 };
        socket.Connect(address);
    }

    public Reply Exchange(ReadOnlySpan<byte> request)
    {
        socket.Send(request);
        var (filled, headLength, bodyLength) = (0, -1, -1);
        while (true)
        {
            if (filled == buffer.Length) Array.Resize(ref buffer, 2 * buffer.Length);
            var received = socket.Receive(buffer.AsSpan(filled));
            if (received == 0) throw new SocketException((int)SocketError.ConnectionReset);
            filled += received;
            if (headLength < 0 && buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8) is >= 0 and var end)
            {
                headLength = end + 4;
                bodyLength = LengthIn(buffer.AsSpan(0, headLength));
            }
            if (headLength < 0) continue;
            var body = buffer.AsSpan(headLength, filled - headLength);
            if (bodyLength >= 0 ? body.Length >= bodyLength : body.EndsWith("0\r\n\r\n"u8))
            {
                return new(Utf8Parser.TryParse(buffer.AsSpan(9, 3), out int status, out _) ? status : 0, body);
            }
        }
    }

    public void Dispose() => socket.Dispose();

    /// <summary>What Content-Length says; -1 where the body comes in chunks.</summary>
    private static int LengthIn(ReadOnlySpan<byte> head)
    {
        var at = head.IndexOf("Content-Length: "u8);
        if (at >= 0 && Utf8Parser.TryParse(head[(at + 16)..], out int length, out _)) return length;
        return head.IndexOf("Transfer-Encoding: chunked"u8) >= 0 ? -1 : 0;
    }
}

/// <summary>Somebody who sends one request after another.</summary>
internal interface ICaller
{
    ReadOnlySpan<byte> Next();

    /// <summary>Whether the reply is what it should be.</summary>
    bool Took(Reply reply);
}

/// <summary>What came of a load.</summary>
internal sealed record Outcome(int Requests, int Faults, TimeSpan Time, TimeSpan ServerTime, double P50, double P99)
{
    public double RequestsASecond => Requests / Time.TotalSeconds;

    public double ServerMicrosecondsARequest => ServerTime.TotalMicroseconds / Requests;
}

internal static class Load
{
    /// <summary>Has callers call a server for a time, each on a connection and a thread of its own.</summary>
    public static Outcome Run(ServerProcess server, IReadOnlyList<ICaller> callers, TimeSpan time)
    {
        using var ready = new Barrier(callers.Count + 1);
        var (faults, stop) = (0, false);
        var times = callers.Select(_ => new List<double>(1024)).ToList();
        var threads = callers.Select((caller, i) => new Thread(() => Call(caller, times[i]), maxStackSize: 256 * 1024)).ToList();
        foreach (var thread in threads) thread.Start();
        ready.SignalAndWait();
        var (before, serverBefore) = (Stopwatch.GetTimestamp(), server.ProcessorTime);
        Thread.Sleep(time);
        Volatile.Write(ref stop, true);
        foreach (var thread in threads) thread.Join();
        var (elapsed, serverTime) = (Stopwatch.GetElapsedTime(before), server.ProcessorTime - serverBefore);
        var all = times.SelectMany(t => t).Order().ToList();
        return new(all.Count, faults, elapsed, serverTime, all[all.Count / 2], all[(int)(all.Count * 0.99)]);

        void Call(ICaller caller, List<double> took)
        {
            using var connection = new Connection(server.Address);
            ready.SignalAndWait();
            while (!Volatile.Read(ref stop))
            {
                var sent = Stopwatch.GetTimestamp();
                if (!caller.Took(connection.Exchange(caller.Next()))) Interlocked.Increment(ref faults);
                took.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            }
        }
    }

    /// <summary>Loads several servers in turns, round by round, after a warm-up of each.</summary>
    public static IReadOnlyList<IReadOnlyList<Outcome>> RunInTurns(Effort effort, params Func<TimeSpan, Outcome>[] sides)
    {
        foreach (var run in sides) run(effort.WarmUp);
        var outcomes = sides.Select(_ => new List<Outcome>()).ToList();
        for (var round = 0; round < effort.Rounds; round++)
        {
            for (var side = 0; side < sides.Length; side++) outcomes[side].Add(sides[side](effort.Round));
        }
        return outcomes;
    }

    /// <summary>One side's share of another, round by round: neighbours in time are compared.</summary>
    public static IReadOnlyList<double> ShareOf(this IReadOnlyList<Outcome> one, IReadOnlyList<Outcome> other, Func<Outcome, double> of) =>
        [.. one.Zip(other, (a, b) => of(a) / of(b))];
}
