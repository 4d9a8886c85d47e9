using Rasp.Data;

namespace Rasp.Assessments;

/// <summary>Deletes assessments whose ninety days are over, at the start and then once a day.</summary>
internal sealed partial class ExpiredAssessments(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ExpiredAssessments> log) : BackgroundService
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
            }
            catch (Exception failure) when (failure is System.Data.Common.DbException)
            {
                // Expired ones open no more in any case; tomorrow is soon enough to try again.
                NotDeleted(failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Error, "Expired assessments could not be deleted.")]
    private partial void NotDeleted(Exception failure);
}
