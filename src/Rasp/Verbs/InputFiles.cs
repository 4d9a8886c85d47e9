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
            var length = new FileInfo(path).Length;
            if (length > largest) return Refuse($"the file has {length / 1_000_000} MB, more than the {largest / 1_000_000} MB that Rasp reads; is it the right one?");
            return new(path, File.ReadAllBytes(path));
        }
        catch (FileNotFoundException)
        {
            return Refuse("there is no such file; check its name");
        }
        catch (DirectoryNotFoundException)
        {
            return Refuse("there is no such file; check its name");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return Refuse($"the file can't be read: {refused.Message}");
        }

        SourceFile? Refuse(string why)
        {
            faults.Add(new(path, 1, 1, why));
            return null;
        }
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
        Directory.Exists(path) ? Directory.EnumerateFiles(path, "instrument.*.yaml").Order(StringComparer.Ordinal) : [];

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
