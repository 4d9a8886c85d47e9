namespace Rasp.Verbs;

/// <summary>A file named with --output: whole, or not there.</summary>
internal static class OutputFile
{
    /// <summary>Writes what was made whole before.</summary>
    /// <param name="whole">From its beginning.</param>
    /// <param name="output">The path that was named.</param>
    /// <param name="inputs">Paths that are read: none of them is written over.</param>
    /// <exception cref="CallFaultException">It can't be written there.</exception>
    public static void Write(MemoryStream whole, string output, IEnumerable<string> inputs)
    {
        if (output.Length > 0 && inputs.Any(i => i.Length > 0 && Path.GetFullPath(i) == Path.GetFullPath(output)))
        {
            throw new CallFaultException($"--output: '{output}' is one of the files that are read; name another");
        }
        try
        {
            // Beside the file and then in its place, so that a full disk leaves what was there; straight into a device.
            var isDevice = output.StartsWith("/dev/", StringComparison.Ordinal);
            var path = isDevice ? output : output + ".part";
            whole.Position = 0;
            using (var file = File.Create(path)) whole.CopyTo(file);
            if (!isDevice) File.Move(path, output, overwrite: true);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CallFaultException($"--output: '{output}' can't be written: {refused.Message}");
        }
    }
}
