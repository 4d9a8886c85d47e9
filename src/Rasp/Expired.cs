using Rasp.Data;
using Rasp.Data.Accounts;
using Rasp.Data.Tokens;
using Rasp.Data.Uploads;
using Rasp.Data.Workshops;

namespace Rasp;

/// <summary>Deletes what has expired, at the start and then once a day: assessments whose ninety days are over, sessions, offers to sign in, tokens, uploads that nobody confirmed; and closes workshops that nobody closed.</summary>
internal sealed partial class Expired(IServiceScopeFactory scopes, Sessions sessions, Bearers bearers, TimeProvider clock, ILogger<Expired> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        do
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<AssessmentDesk>().DeleteExpiredAsync(stoppingToken);
                await scope.ServiceProvider.GetRequiredService<SignIns>().DeleteExpiredAsync(stoppingToken);
                await scope.ServiceProvider.GetRequiredService<WorkshopDesk>().CloseForgottenAsync(stoppingToken);
                await scope.ServiceProvider.GetRequiredService<UploadDesk>().DeleteExpiredAsync(stoppingToken);
                await sessions.DeleteExpiredAsync(stoppingToken);
                await bearers.DeleteExpiredAsync(stoppingToken);
            }
            catch (Exception failure) when (failure.IsOfDatabase())
            {
                // What has expired opens no more in any case; tomorrow is soon enough to try again.
                NotDeleted(failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Error, "What has expired could not be deleted.")]
    private partial void NotDeleted(Exception failure);
}
