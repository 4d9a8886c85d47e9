using Rasp.Data.Programmes;
using Rasp.Mails;

namespace Rasp.Rounds;

/// <summary>Opens the rounds that are scheduled, whether or not mail is set up: looks on start and every quarter of an hour.</summary>
public sealed partial class HealthChecks(IServiceScopeFactory scopes, NoticeWriter notices, TimeProvider clock, ILogger<HealthChecks> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        try
        {
            do await OpenDueAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }

    private async Task OpenDueAsync(CancellationToken cancellation)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            if (await scope.ServiceProvider.GetRequiredService<ProgrammeDesk>().OpenScheduledAsync(cancellation) > 0) notices.Tell();
        }
        // The next time will do: the day is still past. Whatever it was, the service goes on, and the log says it.
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            NotOpened(failure);
        }
    }

    [LoggerMessage(LogLevel.Error, "A scheduled round could not be opened.")]
    private partial void NotOpened(Exception failure);
}
