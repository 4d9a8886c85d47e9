using System.Text.Json;
using Rasp.Data.Signing;
using Rasp.Readiness;
using Rasp.Readiness.Sharing;

namespace Rasp.Verbs;

/// <summary>The keys that whoever calls knows by another way than the file: as thumbprints, or in files that hold keys.</summary>
internal sealed class PinnedKeys
{
    private const long LargestFile = 1_000_000;

    private readonly HashSet<string> thumbprints = new(StringComparer.Ordinal);

    private PinnedKeys()
    {
    }

    /// <param name="given">What was given, each a thumbprint or a file.</param>
    /// <returns>Null where nothing was given.</returns>
    /// <exception cref="CallFaultException">Something given is neither, or a file in which no key can be read.</exception>
    public static PinnedKeys? Read(string[] given)
    {
        if (given.Length == 0) return null;
        var keys = new PinnedKeys();
        foreach (var one in given)
        {
            if (PublicKey.IsThumbprint(one) && !File.Exists(one)) keys.thumbprints.Add(one);
            else if (ExchangeKey.IdOf(one) is { } id) keys.thumbprints.Add(id);
            else keys.AddFile(one);
        }
        return keys;
    }

    public bool Hold(PublicKey key) => Hold(key.Thumbprint);

    public bool Hold(string thumbprint) => thumbprints.Contains(thumbprint);

    private void AddFile(string path)
    {
        var faults = new List<Fault>();
        if (InputFiles.Read(path, LargestFile, faults) is not { } source)
        {
            throw new CallFaultException($"--key: '{path}' is no thumbprint, which has {PublicKey.ThumbprintLength} letters, digits, - and _, and no file that can be read: {faults[0].Message}");
        }
        try
        {
            using var json = JsonDocument.Parse(source.Bytes, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var set = json.RootElement;
            // One key, or a set of them.
            JsonElement[] keys = set.ValueKind == JsonValueKind.Object && set.TryGetProperty("keys", out var several) ? [.. several.EnumerateArray()] : [set];
            if (keys.Length == 0) throw new FormatException("it holds no key");
            foreach (var key in keys) thumbprints.Add(PublicKey.Read(key).Thumbprint);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or FormatException)
        {
            throw new CallFaultException($"--key: '{path}' is no file of keys, such as {Links.KeysJson} gives: {(unreadable is FormatException ? unreadable.Message : "it is no JSON of that form")}");
        }
    }
}
