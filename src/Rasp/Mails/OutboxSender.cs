using Rasp.Data;

namespace Rasp.Mails;

/// <summary>Sends what the outbox holds, where a mail server is set up.</summary>
internal sealed partial class OutboxSender(Outbox outbox, Post post, IHostEnvironment environment, ILogger<OutboxSender> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <summary>Whoever develops Rasp reads them on a page.</summary>
    private readonly bool keepBodies = environment.IsDevelopment();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await outbox.ExpireAsync(stoppingToken);
                while (post.IsSetUp && await outbox.TakeAsync(stoppingToken) is { } mail)
                {
                    // Once begun it is ended: nobody would know otherwise whether it was sent.
                    if (await post.SendAsync(mail.Letter, CancellationToken.None)) await outbox.SentAsync(mail, keepBodies);
                    else await outbox.RefusedAsync(mail, keepBodies);
                }
            }
            catch (Exception failure) when (failure.IsOfDatabase())
            {
                NotRead(failure);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            try
            {
                await outbox.WaitAsync(Pause, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The outbox could not be read or written.")]
    private partial void NotRead(Exception failure);
}
