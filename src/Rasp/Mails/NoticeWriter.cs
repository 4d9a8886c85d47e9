using System.Threading.Channels;
using Rasp.Data;
using Rasp.Data.Plans;
using Rasp.Data.Programmes;

namespace Rasp.Mails;

/// <summary>Writes what people are to be told of rounds and plans, when something has happened and every few minutes.</summary>
public sealed partial class NoticeWriter(Notices notices, PlanReminders reminders, LetterBox letters, TimeProvider clock, ILogger<NoticeWriter> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    private readonly Channel<bool> news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Says that something has happened that people may have to be told.</summary>
    public void Tell() => news.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Where nobody can be told by mail, the pages tell.
        while (letters.IsSetUp && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                await notices.WriteDueAsync(letters.Of, stoppingToken);
                await reminders.WriteDueAsync(letters.Of, stoppingToken);
            }
            catch (Exception failure) when (failure.IsOfDatabase())
            {
                NotWritten(failure);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            using var patience = new CancellationTokenSource(Pause, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stoppingToken);
            try
            {
                await news.Reader.ReadAsync(either.Token);
            }
            catch (OperationCanceledException)
            {
                // Waited long enough, or asked to stop.
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "What people are to be told could not be written.")]
    private partial void NotWritten(Exception failure);
}
