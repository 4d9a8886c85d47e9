using System.Globalization;

namespace Rasp.Readiness.Instruments;

/// <summary>Reads an instrument (contract.md, "An instrument"): texts in, an <see cref="Instrument"/> or every fault out.</summary>
public sealed class InstrumentYaml
{
    private static readonly string[] InstrumentKeys = ["id", "version", "title", "levels", "bands", "thresholds", "roles", "stages", "causes", "sources", "areas"];
    private static readonly string[] BandKeys = ["key", "name", "from"];
    private static readonly string[] ThresholdKeys = ["weakAtMost", "strongAtLeast", "provisionalBelowCoverage", "splitBelowConsensus", "differenceAtLeast"];
    private static readonly string[] RoleKeys = ["key", "name", "leadership"];
    private static readonly string[] NamedKeys = ["key", "name"];
    private static readonly string[] CauseKeys = ["key", "name", "do"];
    private static readonly string[] SourceKeys = ["key", "name", "url"];
    private static readonly string[] AreaKeys = ["key", "name", "summary", "weight", "themes"];
    private static readonly string[] ThemeKeys = ["key", "name", "questions"];
    private static readonly string[] QuestionKeys =
        ["key", "text", "why", "sources", "about", "stages", "roles", "cause", "weight", "gate", "revision", "levels", "evidence", "actions"];
    private static readonly string[] ActionKeys = ["upTo", "do"];

    private readonly Func<string, SourceFile?> beside;
    private readonly List<Fault> faults = [];

    // What questions refer to; known before the areas are read.
    private IReadOnlyList<string> levels = [];
    private IReadOnlyList<Role>? roles = [];
    private IReadOnlyList<Named>? stages = [];
    private IReadOnlyList<Cause>? causes = [];
    private IReadOnlyList<Source>? sources = [];
    private int questionsSoFar;

    private InstrumentYaml(Func<string, SourceFile?> beside) => this.beside = beside;

    /// <summary>Reads an instrument.</summary>
    /// <param name="main"><c>instrument.yaml</c>, or the one file that holds it all.</param>
    /// <param name="beside">The file of a given name in the same folder; null where there is none.</param>
    public static Reading<Instrument> Read(SourceFile main, Func<string, SourceFile?> beside)
    {
        var reader = new InstrumentYaml(beside);
        var instrument = YamlTree.Read(main, reader.faults) is { } root ? reader.ReadInstrument(new(main.Path, reader.faults), root) : null;
        return Reading<Instrument>.Of(() => instrument!, reader.faults);
    }

    private Instrument? ReadInstrument(YamlReader yaml, YamlNode root)
    {
        if (yaml.Mapping(root, "an instrument", InstrumentKeys) is not { } map) return null;
        var id = yaml.Key(map, "id", "the instrument's id");
        var version = yaml.Text(map, "version");
        var title = yaml.Text(map, "title");
        levels = yaml.Texts(map, "levels", required: true);
        if (map.Find("levels") is YamlSequence && levels.Count is < 2 or > 10)
        {
            yaml.Fault(map.At("levels"), $"an instrument has 2 to 10 levels, lowest first; this one has {levels.Count}");
            levels = []; // what refers to them can't be judged
        }
        var bands = ReadBands(yaml, map);
        var thresholds = ReadThresholds(yaml, map);
        roles = Defined(map, "roles", () => yaml.Keyed(map, "roles", "a role", RoleKeys, (m, key) => new Role(key, yaml.Text(m, "name"), yaml.IsTrue(m, "leadership"))));
        stages = Defined(map, "stages", () => yaml.Keyed(map, "stages", "a stage", NamedKeys, (m, key) => new Named(key, yaml.Text(m, "name"))));
        causes = Defined(map, "causes", () => yaml.Keyed(map, "causes", "a cause", CauseKeys, (m, key) => new Cause(key, yaml.Text(m, "name"), yaml.Text(m, "do"))));
        sources = Defined(map, "sources", () => yaml.Keyed(map, "sources", "a source", SourceKeys, (m, key) => new Source(key, yaml.Text(m, "name"), yaml.OptionalText(m, "url"))));
        var areas = ReadAreas(yaml, map);
        if (faults.Count > 0) return null;
        return new Instrument(areas)
        {
            Id = id,
            Version = version,
            Title = title,
            Levels = levels,
            Bands = bands,
            Thresholds = thresholds,
            Roles = roles!,
            Stages = stages!,
            Causes = causes!,
            Sources = sources!,
        };
    }

    /// <summary>What questions may refer to; null where it is itself at fault, or its name may be: what refers to it can't be judged then.</summary>
    private IReadOnlyList<T>? Defined<T>(YamlMap map, string key, Func<IReadOnlyList<T>> read)
    {
        var before = faults.Count;
        var things = read();
        var mayBeMisspelt = map.Find(key) is null && map.Node.Entries.Any(e => !InstrumentKeys.Contains(e.Key.Value));
        return faults.Count > before || mayBeMisspelt ? null : things;
    }

    private static IReadOnlyList<Band> ReadBands(YamlReader yaml, YamlMap map)
    {
        double? last = null;
        var isFirst = true;
        var bands = yaml.Keyed(map, "bands", "a band", BandKeys, (band, key) =>
        {
            var name = yaml.Text(band, "name");
            if (yaml.Number(band, "from", required: true) is { } from)
            {
                if (isFirst && from != 0) yaml.Fault(band.At("from"), $"the first band must be from 0, not from {Shown(from)}");
                else if (from is < 0 or > 100) yaml.Fault(band.At("from"), $"a band is from a score of 0 to 100, not from {Shown(from)}");
                else if (from <= last) yaml.Fault(band.At("from"), $"bands must ascend: this one must be from more than {Shown(last.Value)}, not from {Shown(from)}");
                last = Math.Max(from, last ?? 0);
            }
            isFirst = false;
            return new Band(key, name, last ?? 0);
        }, required: true);
        return bands;
    }

    private static Thresholds ReadThresholds(YamlReader yaml, YamlMap map)
    {
        var defaults = new Thresholds();
        if (map.Find("thresholds") is not { } node || yaml.Mapping(node, "thresholds", ThresholdKeys) is not { } given) return defaults;
        return new(
            Level("weakAtMost", defaults.WeakAtMost),
            Level("strongAtLeast", defaults.StrongAtLeast),
            Share("provisionalBelowCoverage", defaults.ProvisionalBelowCoverage),
            Share("splitBelowConsensus", defaults.SplitBelowConsensus),
            Level("differenceAtLeast", defaults.DifferenceAtLeast));

        double Level(string key, double byDefault) => Within(key, byDefault, value => value is >= 0 and <= 1000, "a number of levels from 0 to 1000");
        double Share(string key, double byDefault) => Within(key, byDefault, value => value is >= 0 and <= 1, "a share from 0 to 1");
        double Within(string key, double byDefault, Func<double, bool> isRight, string right)
        {
            if (yaml.Number(given, key) is not { } value) return byDefault;
            if (!isRight(value)) yaml.Fault(given.At(key), $"{key} must be {right}, not {Shown(value)}");
            return value;
        }
    }

    private List<Area> ReadAreas(YamlReader yaml, YamlMap map)
    {
        var areas = new List<Area>();
        var keys = new KeysInUse();
        var files = new HashSet<string>(StringComparer.Ordinal);
        if (yaml.Sequence(map, "areas", required: true) is not { } items) return areas;
        if (items.Items.Count == 0) yaml.Fault(items, "an instrument has at least one area");
        foreach (var item in items.Items)
        {
            if (item is not YamlScalar name)
            {
                if (ReadArea(yaml, item, keys) is { } area) areas.Add(area);
            }
            else if (name.Value.AsSpan().ContainsAny('/', '\\') || name.Value is "" or "." or "..")
            {
                yaml.Fault(name, $"{Quoting.Quote(name.Value)} is not the name of a file beside this one; name a file in the same folder, or write the area here");
            }
            else if (!files.Add(name.Value))
            {
                yaml.Fault(name, $"the file {Quoting.Quote(name.Value)} is named twice; name it once");
            }
            else if (beside(name.Value) is not { } file)
            {
                yaml.Fault(name, $"there is no file {Quoting.Quote(name.Value)} beside this one; add it, or write the area here");
            }
            else if (YamlTree.Read(file, faults) is { } root && ReadArea(new(file.Path, faults), root, keys) is { } area)
            {
                areas.Add(area);
            }
        }
        return areas;
    }

    private Area? ReadArea(YamlReader yaml, YamlNode node, KeysInUse keys)
    {
        if (yaml.Mapping(node, "an area", AreaKeys) is not { } map) return null;
        var key = yaml.Key(map, "key", "an area's key", keys);
        var (name, summary, weight) = (yaml.Text(map, "name"), yaml.OptionalText(map, "summary"), yaml.Weight(map));
        var themeKeys = new KeysInUse();
        var themes = yaml.Sequence(map, "themes", required: true)?.Items.Select(t => ReadTheme(yaml, t, key, themeKeys)).OfType<Theme>().ToList() ?? [];
        return new(key, name, summary, weight, themes);
    }

    private Theme? ReadTheme(YamlReader yaml, YamlNode node, string area, KeysInUse keys)
    {
        if (yaml.Mapping(node, "a theme", ThemeKeys) is not { } map) return null;
        var key = yaml.Key(map, "key", "a theme's key", keys);
        var name = yaml.Text(map, "name");
        var questionKeys = new KeysInUse();
        var questions = yaml.Sequence(map, "questions", required: true)?.Items.Select(q => ReadQuestion(yaml, q, area, key, questionKeys)).OfType<Question>().ToList() ?? [];
        return new(key, name, questions);
    }

    private Question? ReadQuestion(YamlReader yaml, YamlNode node, string area, string theme, KeysInUse keys)
    {
        if (yaml.Mapping(node, "a question", QuestionKeys) is not { } map) return null;
        return new Question
        {
            Key = $"{area}.{theme}.{yaml.Key(map, "key", "a question's key", keys)}",
            Area = area,
            Theme = theme,
            Index = questionsSoFar++,
            Text = yaml.Text(map, "text"),
            Why = yaml.OptionalText(map, "why"),
            Sources = yaml.References(map, "sources", "source", sources, s => s.Key),
            About = ReadAbout(yaml, map),
            Stages = [.. yaml.References(map, "stages", "stage", stages, s => s.Key).Select(s => s.Key)],
            Roles = [.. yaml.References(map, "roles", "role", roles, r => r.Key).Select(r => r.Key)],
            Cause = ReadCause(yaml, map),
            Weight = yaml.Weight(map),
            Gate = ReadLevel(yaml, map, "gate"),
            Revision = ReadRevision(yaml, map),
            Levels = ReadLevels(yaml, map),
            Evidence = yaml.Texts(map, "evidence"),
            Actions = ReadActions(yaml, map),
        };
    }

    private static About ReadAbout(YamlReader yaml, YamlMap map)
    {
        var about = yaml.Text(map, "about");
        if (about is not ("" or "organisation" or "partnership"))
        {
            yaml.Fault(map.At("about"), $"a question is about: organisation or about: partnership, not {Quoting.Quote(about)}");
        }
        return about == "partnership" ? About.Partnership : About.Organisation;
    }

    private Cause? ReadCause(YamlReader yaml, YamlMap map)
    {
        if (yaml.OptionalText(map, "cause") is not { } key || causes is null) return null;
        var cause = causes.FirstOrDefault(c => c.Key == key);
        if (cause is null) yaml.Fault(map.At("cause"), $"there is no cause {Quoting.Quote(key)}; {Quoting.DidYouMean(key, [.. causes.Select(c => c.Key)])}");
        return cause;
    }

    private int? ReadLevel(YamlReader yaml, YamlMap map, string key, bool required = false)
    {
        if (yaml.Whole(map, key, required) is not { } level) return null;
        if (levels.Count > 1 && (level < 1 || level > levels.Count))
        {
            yaml.Fault(map.At(key), $"{key} must be a level from 1 to {levels.Count}, not {level.ToString(CultureInfo.InvariantCulture)}");
        }
        return level;
    }

    private static int ReadRevision(YamlReader yaml, YamlMap map)
    {
        var revision = yaml.Whole(map, "revision") ?? 1;
        if (revision < 1) yaml.Fault(map.At("revision"), $"revision counts from 1, it can't be {revision.ToString(CultureInfo.InvariantCulture)}");
        return revision;
    }

    private IReadOnlyList<string> ReadLevels(YamlReader yaml, YamlMap map)
    {
        var described = yaml.Texts(map, "levels", required: true);
        if (map.Find("levels") is YamlSequence given && levels.Count > 1 && given.Items.Count != levels.Count)
        {
            yaml.Fault(map.At("levels"), $"a question describes each of the instrument's {levels.Count} levels; this one describes {given.Items.Count}");
        }
        return described;
    }

    private List<SuggestedAction> ReadActions(YamlReader yaml, YamlMap map)
    {
        var actions = new List<SuggestedAction>();
        foreach (var item in yaml.Sequence(map, "actions")?.Items ?? [])
        {
            if (yaml.Mapping(item, "an action", ActionKeys) is not { } action) continue;
            var upTo = ReadLevel(yaml, action, "upTo", required: true);
            actions.Add(new(upTo ?? 0, yaml.Text(action, "do")));
        }
        return actions;
    }

    private static string Shown(double value) => value.ToString(CultureInfo.InvariantCulture);
}
