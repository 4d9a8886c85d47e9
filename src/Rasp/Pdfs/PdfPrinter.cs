using Rasp.Data;
using Rasp.Data.Pdfs;

namespace Rasp.Pdfs;

/// <summary>Prints what was asked for, one after the other, where the host has Chromium; and erases what its time is over of, in any case.</summary>
internal sealed partial class PdfPrinter(PdfDesk desk, Settings settings, ILogger<PdfPrinter> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly Chromium? chromium = settings.Chromium is { } path ? new(path) : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (chromium is not null) Chromium.Sweep();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await desk.EraseExpiredAsync(stoppingToken);
                while (chromium is not null && await desk.TakeAsync(stoppingToken) is { } pdf) await PrintAsync(chromium, pdf, stoppingToken);
                await desk.WaitAsync(Pause, stoppingToken);
            }
            catch (Exception failure) when (failure.IsOfDatabase())
            {
                NotRead(failure);
                await WaitAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task PrintAsync(Chromium with, PdfToPrint pdf, CancellationToken stopping)
    {
        try
        {
            await desk.ReadyAsync(pdf, await with.PrintAsync(pdf.Html, stopping));
        }
        catch (OperationCanceledException)
        {
            await desk.GiveBackAsync(pdf);
            throw;
        }
        catch (Exception failure) when (failure is NotPrintedException or IOException or UnauthorizedAccessException)
        {
            NotPrinted(pdf.Id, failure.Message);
            await desk.FailedAsync(pdf);
        }
    }

    private async Task WaitAsync(CancellationToken stopping)
    {
        try
        {
            await desk.WaitAsync(Pause, stopping);
        }
        catch (OperationCanceledException)
        {
            // The loop sees it.
        }
    }

    [LoggerMessage(LogLevel.Error, "PDFs that are to be made could not be read or written.")]
    private partial void NotRead(Exception failure);

    [LoggerMessage(LogLevel.Error, "The PDF {Id} could not be made. {Why}")]
    private partial void NotPrinted(Guid id, string why);
}
