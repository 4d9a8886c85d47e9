namespace Rasp.Tests;

/// <summary>Waits for what happens by itself, no longer than it takes.</summary>
internal static class Until
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    public static async Task TrueAsync(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await isSo())
        {
            if (patience.IsCancellationRequested) Assert.Fail($"What was awaited had not happened after {Patience.TotalSeconds} seconds.");
            await Task.Delay(10);
        }
    }
}
