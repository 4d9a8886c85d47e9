namespace Rasp.Readiness.Instruments;

/// <summary>Wording of an instrument in another language: a file beside it with the same shape and only keys and texts (contract.md).</summary>
public static class Translation
{
    private static readonly string[] TopKeys = ["title", "levels", "bands", "roles", "stages", "causes", "areas"];
    private static readonly string[] NamedKeys = ["key", "name"];
    private static readonly string[] CauseKeys = ["key", "name", "do"];
    private static readonly string[] AreaKeys = ["key", "name", "summary", "themes"];
    private static readonly string[] ThemeKeys = ["key", "name", "questions"];
    private static readonly string[] QuestionKeys = ["key", "text", "why", "levels", "evidence", "actions"];
    private static readonly string[] ActionKeys = ["do"];

    /// <summary>Every fault of a translation: what the instrument does not have, and lists of another length.</summary>
    public static IReadOnlyList<Fault> Check(Instrument instrument, SourceFile file)
    {
        var faults = new List<Fault>();
        if (YamlTree.Read(file, faults) is not { } root) return faults;
        var yaml = new YamlReader(file.Path, faults);
        if (yaml.Mapping(root, "a translation", TopKeys) is not { } map) return faults;
        yaml.OptionalText(map, "title");
        SameLength(yaml, map, "levels", instrument.Levels.Count);
        Known(yaml, map, "bands", "a band", NamedKeys, instrument.Bands, b => b.Key, (m, _) => yaml.OptionalText(m, "name"));
        Known(yaml, map, "roles", "a role", NamedKeys, instrument.Roles, r => r.Key, (m, _) => yaml.OptionalText(m, "name"));
        Known(yaml, map, "stages", "a stage", NamedKeys, instrument.Stages, s => s.Key, (m, _) => yaml.OptionalText(m, "name"));
        Known(yaml, map, "causes", "a cause", CauseKeys, instrument.Causes, c => c.Key, (m, _) => (yaml.OptionalText(m, "name"), yaml.OptionalText(m, "do")));
        Known(yaml, map, "areas", "an area", AreaKeys, instrument.Areas, a => a.Key, (areaMap, area) =>
        {
            yaml.OptionalText(areaMap, "name");
            yaml.OptionalText(areaMap, "summary");
            Known(yaml, areaMap, "themes", "a theme", ThemeKeys, area.Themes, t => t.Key, (themeMap, theme) =>
            {
                yaml.OptionalText(themeMap, "name");
                Known(yaml, themeMap, "questions", "a question", QuestionKeys, theme.Questions, q => q.Key[(q.Key.LastIndexOf('.') + 1)..], (m, q) => CheckQuestion(yaml, m, q));
            });
        });
        return faults;
    }

    private static void CheckQuestion(YamlReader yaml, YamlMap map, Question question)
    {
        yaml.OptionalText(map, "text");
        yaml.OptionalText(map, "why");
        SameLength(yaml, map, "levels", question.Levels.Count);
        SameLength(yaml, map, "evidence", question.Evidence.Count);
        if (yaml.Sequence(map, "actions") is not { } actions) return;
        foreach (var item in actions.Items)
        {
            if (yaml.Mapping(item, "an action", ActionKeys) is { } action) yaml.Text(action, "do");
        }
        Counted(yaml, actions, "actions", actions.Items.Count, question.Actions.Count);
    }

    private static void SameLength(YamlReader yaml, YamlMap map, string key, int expected)
    {
        if (map.Find(key) is YamlSequence list) Counted(yaml, list, key, list.Items.Count, expected);
        yaml.Texts(map, key);
    }

    private static void Counted(YamlReader yaml, YamlNode at, string key, int count, int expected)
    {
        if (count != expected) yaml.Fault(at, $"{key} here has {count} texts where the instrument has {expected}; translate each of them, in the same order");
    }

    private static void Known<T>(
        YamlReader yaml, YamlMap map, string key, string what, IReadOnlyCollection<string> keys, IReadOnlyList<T> known, Func<T, string> keyOf, Action<YamlMap, T> check)
        where T : class
    {
        var taken = new KeysInUse();
        foreach (var item in yaml.Sequence(map, key)?.Items ?? [])
        {
            if (yaml.Mapping(item, what, keys) is not { } thing) continue;
            var name = yaml.Key(thing, "key", $"{what}'s key", taken);
            if (known.FirstOrDefault(k => keyOf(k) == name) is { } found) check(thing, found);
            else if (name.Length > 0) yaml.Fault(thing.At("key"), $"the instrument has not {what} {Quoting.Quote(name)}; {Quoting.DidYouMean(name, [.. known.Select(keyOf)])}");
        }
    }

    private static void Known<T, TIgnored>(
        YamlReader yaml, YamlMap map, string key, string what, IReadOnlyCollection<string> keys, IReadOnlyList<T> known, Func<T, string> keyOf, Func<YamlMap, T, TIgnored> check)
        where T : class =>
        Known(yaml, map, key, what, keys, known, keyOf, new Action<YamlMap, T>((m, t) => check(m, t)));
}
