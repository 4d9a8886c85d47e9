using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Rasp.Pdfs;

/// <summary>It could not be printed: the message says what Chromium said, for whoever hosts Rasp.</summary>
internal sealed class NotPrintedException(string message) : Exception(message);

/// <summary>
/// The Chromium of the machine, for printing pages as tagged PDFs: a process for each page, in a folder of its own that goes with it, which reaches no network and is handed none of
/// the settings of Rasp.
/// </summary>
internal sealed partial class Chromium(string path)
{
    /// <summary>A long report takes a few seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan PatienceForVersion = TimeSpan.FromSeconds(20);

    private const string FolderName = "rasp-pdf-";

    /// <summary>So much of what it says is told.</summary>
    private const int MostSaid = 2000;

    private static readonly string[] Switches =
    [
        "--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-extensions", "--disable-default-apps", "--disable-sync", "--disable-breakpad",
        "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
        // Nothing is fetched: no name leads anywhere. What the page itself may not is in its own policy.
        "--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=http://127.0.0.1:9",
        "--no-pdf-header-footer", "--generate-pdf-document-outline",
    ];

    /// <summary>What of our own environment it needs.</summary>
    private static readonly string[] Kept = ["PATH", "LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "SystemRoot", "SystemDrive", "ProgramFiles", "ProgramFiles(x86)", "ProgramData"];

    /// <summary>Why a program is not Chromium; null where it is.</summary>
    public static async Task<string?> WhyNotAsync(string path, CancellationToken cancellation = default)
    {
        using var folder = new Folder();
        try
        {
            var (status, said, _) = await RunAsync(path, ["--version"], folder.Path, PatienceForVersion, cancellation);
            return status == 0 && Version().IsMatch(said) ? null : $"RASP_CHROMIUM must be the program of Chromium or Chrome: '{path} --version' should say which it is, and did not";
        }
        catch (Exception refused) when (refused is System.ComponentModel.Win32Exception or InvalidOperationException or NotPrintedException)
        {
            return $"RASP_CHROMIUM must be the program of Chromium or Chrome; '{path}' can’t be run: {refused.Message}";
        }
    }

    /// <summary>Deletes what a server left that was killed while it printed.</summary>
    public static void Sweep()
    {
        // Another server of the same machine may be printing.
        var left = new DirectoryInfo(Path.GetTempPath()).EnumerateDirectories(FolderName + "*").Where(f => f.LastWriteTimeUtc < DateTime.UtcNow - (10 * Patience));
        foreach (var folder in left)
        {
            try
            {
                folder.Delete(recursive: true);
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                // Another account's, or deleted by another server at the same moment.
            }
        }
    }

    /// <summary>Prints a page.</summary>
    /// <exception cref="NotPrintedException">Nothing came of it, or not in time.</exception>
    public async Task<byte[]> PrintAsync(byte[] html, CancellationToken cancellation)
    {
        using var folder = new Folder();
        var (page, file) = (Path.Combine(folder.Path, "report.html"), Path.Combine(folder.Path, "report.pdf"));
        await File.WriteAllBytesAsync(page, html, cancellation);
        List<string> arguments = [.. Switches, $"--user-data-dir={Path.Combine(folder.Path, "profile")}", $"--print-to-pdf={file}", new Uri(page).ToString()];
        // For root it has no sandbox, and refuses to start with one.
        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess) arguments.Insert(0, "--no-sandbox");
        try
        {
            var (status, _, complained) = await RunAsync(path, arguments, folder.Path, Patience, cancellation);
            if (status != 0 || !File.Exists(file)) throw new NotPrintedException($"It ended with status {status}, and said: {complained}");
            var pdf = await File.ReadAllBytesAsync(file, cancellation);
            return pdf.AsSpan().StartsWith("%PDF-"u8) ? pdf : throw new NotPrintedException($"What it printed is no PDF. It said: {complained}");
        }
        catch (System.ComponentModel.Win32Exception refused)
        {
            throw new NotPrintedException(refused.Message);
        }
    }

    private static async Task<(int Status, string Said, string Complained)> RunAsync(string path, IEnumerable<string> arguments, string folder, TimeSpan patience, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(path, arguments) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Except(Kept, StringComparer.OrdinalIgnoreCase).ToList()) start.Environment.Remove(name);
        foreach (var name in (string[])["HOME", "TMPDIR", "TEMP", "TMP", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR", "USERPROFILE", "APPDATA", "LOCALAPPDATA"]) start.Environment[name] = folder;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
        using var late = new CancellationTokenSource(patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            await process.WaitForExitAsync(either.Token);
            return (process.ExitCode, End(await said.WaitAsync(either.Token)), End(await complained.WaitAsync(either.Token)));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            cancellation.ThrowIfCancellationRequested();
            throw new NotPrintedException($"It was not done after {patience.TotalSeconds} seconds, and was ended.");
        }
    }

    private static string End(string said) => said.Length <= MostSaid ? said : said[^MostSaid..];

    [GeneratedRegex(@"\b(Chromium|Google Chrome|HeadlessChrome|Microsoft Edge)\b.* \d+\.\d+")]
    private static partial Regex Version();

    /// <summary>A folder that only this account can look into, and that goes with what was done in it.</summary>
    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory(FolderName).FullName;

        public void Dispose()
        {
            // What ends only now may still write.
            for (var tries = 0; ; tries++)
            {
                try
                {
                    Directory.Delete(Path, recursive: true);
                    return;
                }
                catch (IOException) when (tries < 10)
                {
                    Thread.Sleep(50);
                }
            }
        }
    }
}
