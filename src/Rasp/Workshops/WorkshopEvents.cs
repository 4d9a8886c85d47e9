using System.Globalization;
using System.Text;
using Rasp.Data.Workshops;

namespace Rasp.Workshops;

/// <summary>
/// The stream of a workshop: that something has changed, and which version the room has now. What has changed each browser then asks for by its
/// own page, which shows what it may know; so nothing that the stream says has to be kept from anybody.
/// </summary>
internal static class WorkshopEvents
{
    private static readonly byte[] Again = Encoding.ASCII.GetBytes("retry: 1000\n");

    public static void MapWorkshopEvents(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/workshops/{reference}/events", async (HttpContext context, WorkshopLens lens, WorkshopNews news, IHostApplicationLifetime life, string reference) =>
        {
            context.Response.KeepPrivate();
            if (!Guid.TryParseExact(reference, "N", out var id)) return Results.NotFound();
            var who = SeatCookie.Who(context);
            if (await lens.FindAsync(id, who, context.RequestAborted) is not { } room) return Results.NotFound();
            using var stopping = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, life.ApplicationStopping);
            using var listener = news.Listen(id, room.Seat, room.Runs);
            // Again, now that nothing is missed.
            if (await lens.FindAsync(id, who, stopping.Token) is not { } now) return Results.NotFound();
            context.Response.ContentType = "text/event-stream";
            // Some proxies would else keep what is sent until there is more.
            context.Response.Headers["X-Accel-Buffering"] = "no";
            try
            {
                await context.Response.BodyWriter.WriteAsync(Again, stopping.Token);
                for (var heard = new Heard(HeardKind.Room, now.Version); ; heard = await listener.NextAsync(stopping.Token))
                {
                    await context.Response.BodyWriter.WriteAsync(Encoding.ASCII.GetBytes(Event(heard)), stopping.Token);
                }
            }
            catch (OperationCanceledException)
            {
                // Whoever listened is gone, or the server is about to stop: they come back by themselves.
            }
            return Results.Empty;
        });

    private static string Event(Heard heard) => heard.Kind switch
    {
        HeardKind.Room => string.Create(CultureInfo.InvariantCulture, $"event: room\ndata: {heard.Version ?? 0}\n\n"),
        HeardKind.Turnout => "event: turnout\ndata:\n\n",
        HeardKind.Beat => "event: beat\ndata:\n\n",
    };
}
