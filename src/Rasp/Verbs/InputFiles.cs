using System.CommandLine;
using Rasp.Readiness;
using Rasp.Readiness.Instruments;

namespace Rasp.Verbs;

/// <summary>Files named on the command line: read whole, none larger than makes sense, what can't be read told as a fault.</summary>
internal static class InputFiles
{
    public const long LargestInstrument = 5_000_000;
    public const long LargestAnswers = 50_000_000;

    /// <summary>One file or more. A mistyped option is none: without this, it would be taken for a file that is not there.</summary>
    public static Argument<string[]> Argument(string name, string description)
    {
        var files = new Argument<string[]>(name) { Arity = ArgumentArity.OneOrMore, Description = description };
        files.Validators.Add(given =>
        {
            if (given.Tokens.Any(t => string.IsNullOrWhiteSpace(t.Value))) given.AddError("an empty text names no file; name one");
            if (given.Tokens.Select(t => Path.GetFullPath(t.Value.Length == 0 ? "." : t.Value)).GroupBy(p => p).FirstOrDefault(p => p.Count() > 1) is { } twice) given.AddError($"{twice.Key} is named twice; name it once");
            foreach (var option in given.Tokens.Where(t => t.Value.StartsWith('-'))) given.AddError($"there is no option {option.Value}; a file of that name would be ./{option.Value}");
        });
        return files;
    }

    /// <summary>The file's content; null, and a fault added, where there is none to be had.</summary>
    public static SourceFile? Read(string path, long largest, List<Fault> faults)
    {
        if (Directory.Exists(path)) return Refuse("this is a folder; name a file");
        try
        {
            using var file = File.OpenRead(path);
            // Counted while reading: a device or a pipe does not say how much is to come.
            using var bytes = new MemoryStream();
            var part = new byte[81920];
            for (var read = file.Read(part); read > 0; read = file.Read(part))
            {
                bytes.Write(part, 0, read);
                if (bytes.Length > largest) return Refuse($"the file has more than {largest / 1_000_000} MB, more than Rasp reads; is it the right one?");
            }
            return new(path, bytes.ToArray());
        }
        catch (FileNotFoundException)
        {
            return Refuse("there is no such file; check its name");
        }
        catch (DirectoryNotFoundException)
        {
            return Refuse("there is no such file; check its name");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return Refuse($"the file can't be read: {refused.Message}");
        }

        SourceFile? Refuse(string why)
        {
            faults.Add(new(path, 1, 1, why));
            return null;
        }
    }

    /// <summary>The built-in instrument by its id, or one from a path; null, and faults added, where there is something wrong with that one.</summary>
    /// <exception cref="CallFaultException">It is neither.</exception>
    public static Instrument? FindInstrument(string value, List<Fault> faults)
    {
        if (value == Instruments.BuiltInId) return Instruments.BuiltIn;
        if (!File.Exists(value) && !Directory.Exists(value))
        {
            throw new CallFaultException($"--instrument: '{value}' is neither the built-in instrument ({Instruments.BuiltInId}) nor a file or folder");
        }
        return ReadInstrument(value, faults);
    }

    /// <exception cref="CallFaultException">The instrument has no such stage.</exception>
    public static void RefuseUnknownStage(Instrument instrument, string? stage)
    {
        if (stage is null || instrument.Stages.Any(s => s.Key == stage)) return;
        throw new CallFaultException(instrument.Stages.Count == 0
            ? $"--stage: {instrument} has no stages, so leave --stage out"
            : $"--stage: {instrument} has no stage '{stage}'; its stages are {string.Join(", ", instrument.Stages.Select(s => s.Key))}");
    }

    /// <summary>An instrument from a folder with <c>instrument.yaml</c>, or from one file; null where there are faults.</summary>
    public static Instrument? ReadInstrument(string path, List<Fault> faults)
    {
        if (MainFile(path, faults) is not { } main) return null;
        var folder = Path.GetDirectoryName(main.Path) ?? "";
        var reading = InstrumentYaml.Read(main, name => Beside(folder, name, faults));
        faults.AddRange(reading.Faults);
        return reading.Value;
    }

    /// <summary>The translations beside an instrument's folder: <c>instrument.cy.yaml</c> and the like.</summary>
    public static IEnumerable<string> TranslationsBeside(string path) =>
        Directory.Exists(path) ? Directory.EnumerateFiles(path, "instrument.*.yaml").Order(StringComparer.Ordinal)
        : Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder ? Directory.EnumerateFiles(folder, Path.GetFileNameWithoutExtension(path) + ".*.yaml").Order(StringComparer.Ordinal)
        : [];

    private static SourceFile? MainFile(string path, List<Fault> faults)
    {
        if (!Directory.Exists(path)) return Read(path, LargestInstrument, faults);
        var main = Path.Combine(path, "instrument.yaml");
        if (File.Exists(main)) return Read(main, LargestInstrument, faults);
        faults.Add(new(path, 1, 1, "this folder has no instrument.yaml; name an instrument's folder or file"));
        return null;
    }

    private static SourceFile? Beside(string folder, string name, List<Fault> faults)
    {
        var path = Path.Combine(folder, name);
        return File.Exists(path) ? Read(path, LargestInstrument, faults) : null;
    }
}
