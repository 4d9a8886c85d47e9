using System.Net;
using System.Text.Json;

namespace Rasp.Bench;

/// <summary>A reply as it was recorded, without the headers that every server makes itself.</summary>
internal sealed record Recorded(IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body);

/// <summary>Hidden verb: bare Kestrel that answers everything with the same recorded reply, from memory.</summary>
internal static class ServeBytes
{
    public const string Verb = "serve-bytes";

    public static async Task<ServerProcess> StartAsync(Bench bench, Recorded reply)
    {
        var file = Path.Combine(bench.NewFolder(), "reply.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(reply));
        return await ServerProcess.StartSelfAsync(port => [Verb, $"{port}", file]);
    }

    public static async Task<int> RunAsync(string[] arguments)
    {
        var reply = JsonSerializer.Deserialize<Recorded>(await File.ReadAllTextAsync(arguments[1]))!;
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, int.Parse(arguments[0]));
        });
        await using var site = builder.Build();
        site.Run(context =>
        {
            var response = context.Response;
            foreach (var (name, value) in reply.Headers) response.Headers[name] = value;
            response.ContentLength = reply.Body.Length;
            return response.Body.WriteAsync(reply.Body).AsTask();
        });
        await site.RunAsync();
        return 0;
    }
}
