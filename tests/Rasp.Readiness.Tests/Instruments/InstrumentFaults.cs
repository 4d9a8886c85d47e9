using Rasp.Readiness.Instruments;

namespace Rasp.Readiness.Tests.Instruments;

/// <summary>An instrument broken in one way at a time: where the fault is said to be, and in which words.</summary>
public sealed class InstrumentFaults
{
    internal const string Small = """
        id: small
        version: 1.0.0
        title: Small
        levels: [Low, Middle, High]
        bands:
          - { key: poor, name: Poor, from: 0 }
          - { key: good, name: Good, from: 50 }
        thresholds: { weakAtMost: 1, strongAtLeast: 3 }
        roles: [{ key: finance, name: Finance }]
        stages: [{ key: explore, name: Explore }]
        causes: [{ key: trust, name: Trust, do: Talk }]
        sources: [{ key: report, name: Report }]
        areas:
          - key: a
            name: Area
            weight: 2
            themes:
              - key: t
                name: Theme
                questions:
                  - key: q
                    text: Really?
                    about: organisation
                    stages: [explore]
                    roles: [finance]
                    cause: trust
                    sources: [report]
                    weight: 1.5
                    gate: 2
                    revision: 1
                    levels: [No, Half, Yes]
                    evidence: [Minutes]
                    actions: [{ upTo: 1, do: Start }]

        """;

    [Theory]
    [InlineData("weight: 1.5", "wieght: 1.5", "28:13 there is no key 'wieght' in a question; did you mean 'weight'?")]
    [InlineData("weight: 1.5", "Weight: 1.5", "28:13 there is no key 'Weight' in a question; did you mean 'weight'?")]
    [InlineData(
        "weight: 1.5",
        "strength: 1.5",
        "28:13 there is no key 'strength' in a question; known are key, text, why, sources, about, stages, roles, " +
            "cause, weight, gate, revision, levels, evidence, actions")]
    [InlineData("weakAtMost: 1", "weakatmost: 1", "8:15 there is no key 'weakatmost' in thresholds; did you mean 'weakAtMost'?")]
    [InlineData(
        "title: Small",
        "title: Small\nlanguage: en",
        "4:1 there is no key 'language' in an instrument; known are id, version, title, levels, bands, thresholds, " +
            "roles, stages, causes, sources, areas")]
    [InlineData("name: Poor", "name: Poor, to: 25", "6:30 there is no key 'to' in a band; known are key, name, from")]
    [InlineData("do: Start", "do: Start, by: me", "33:45 there is no key 'by' in an action; known are upTo, do")]
    public void Keys_that_do_not_belong_are_named_with_the_nearest_that_does(string right, string wrong, params string[] faults) => AssertFaults(right, wrong, faults);

    [Theory]
    [InlineData("version: 1.0.0\n", "", "1:1 the key 'version' is missing here; write 'version:' and a text")]
    [InlineData("levels: [Low, Middle, High]\n", "", "1:1 the key 'levels' is missing here; write 'levels:' and a list")]
    [InlineData(", from: 50", "", "7:5 the key 'from' is missing here; write 'from:' and a number")]
    [InlineData("            text: Really?\n", "", "21:13 the key 'text' is missing here; write 'text:' and a text")]
    [InlineData("            about: organisation\n", "", "21:13 the key 'about' is missing here; write 'about:' and a text")]
    [InlineData("            levels: [No, Half, Yes]\n", "", "21:13 the key 'levels' is missing here; write 'levels:' and a list")]
    [InlineData("upTo: 1, ", "", "33:23 the key 'upTo' is missing here; write 'upTo:' and a whole number")]
    [InlineData(
        "        questions:\n",
        "        question:\n",
        "18:9 the key 'questions' is missing here; write 'questions:' and a list",
        "20:9 there is no key 'question' in a theme; did you mean 'questions'?")]
    [InlineData("key: poor, ", "", "6:5 the key 'key' is missing here; write 'key:' and a text")]
    public void Keys_that_are_missing_are_named(string right, string wrong, params string[] faults) => AssertFaults(right, wrong, faults);

    [Theory]
    [InlineData(
        "gate: 2",
        "gate: 2\n            gate: 3",
        "30:13 the key 'gate' stands here a second time (first on line 29); keep one of them")]
    [InlineData(
        "title: Small",
        "title: Small\nid: other",
        "4:1 the key 'id' stands here a second time (first on line 1); keep one of them")]
    [InlineData(
        "key: poor, name: Poor",
        "key: poor, name: Poor, name: Poorer",
        "6:30 the key 'name' stands here a second time (first on line 6); keep one of them")]
    public void Keys_that_stand_twice_are_faults(string right, string wrong, params string[] faults) => AssertFaults(right, wrong, faults);

    [Theory]
    [InlineData("key: q", "key: Q1", "21:18 a question's key is made of lower-case letters, digits and hyphens, not 'Q1'")]
    [InlineData("key: q", "key: a.b", "21:18 a question's key is made of lower-case letters, digits and hyphens, not 'a.b'")]
    [InlineData("key: q", "key: a b", "21:18 a question's key is made of lower-case letters, digits and hyphens, not 'a b'")]
    [InlineData("key: q", "key: ''", "21:18 key is empty; write a text")]
    [InlineData("id: small", "id: Small", "1:5 the instrument's id is made of lower-case letters, digits and hyphens, not 'Small'")]
    [InlineData("id: small", "id: 'ë'", "1:5 the instrument's id is made of lower-case letters, digits and hyphens, not 'ë'")]
    [InlineData("key: good", "key: poor", "7:12 a band's key must be its own: 'poor' is taken on line 6")]
    [InlineData(
        "[{ key: finance, name: Finance }]",
        "[{ key: finance, name: Finance }, { key: finance, name: Money }]",
        "9:49 a role's key must be its own: 'finance' is taken on line 9")]
    [InlineData(
        "  - key: a\n",
        "  - { key: a, name: First, themes: [] }\n  - key: a\n",
        "15:10 an area's key must be its own: 'a' is taken on line 14")]
    [InlineData(
        "      - key: t\n",
        "      - { key: t, name: First, questions: [] }\n      - key: t\n",
        "19:14 a theme's key must be its own: 't' is taken on line 18")]
    [InlineData(
        "          - key: q\n",
        "          - { key: q, text: X, about: organisation, levels: [A, B, C] }\n          - key: q\n",
        "22:18 a question's key must be its own: 'q' is taken on line 21")]
    public void Keys_of_things_are_lower_case_and_their_own(string right, string wrong, params string[] faults) => AssertFaults(right, wrong, faults);

    [Theory]
    [InlineData("levels: [Low, Middle, High]", "levels: [Low]", "4:9 an instrument has 2 to 10 levels, lowest first; this one has 1")]
    [InlineData("levels: [Low, Middle, High]", "levels: []", "4:9 an instrument has 2 to 10 levels, lowest first; this one has 0")]
    [InlineData(
        "levels: [Low, Middle, High]",
        "levels: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]",
        "4:9 an instrument has 2 to 10 levels, lowest first; this one has 11")]
    [InlineData("levels: [Low, Middle, High]", "levels: Low", "4:9 levels must be a list")]
    [InlineData("[No, Half, Yes]", "[No, Yes]", "31:21 a question describes each of the instrument's 3 levels; this one describes 2")]
    [InlineData(
        "[No, Half, Yes]",
        "[No, Half, Yes, Always]",
        "31:21 a question describes each of the instrument's 3 levels; this one describes 4")]
    [InlineData("[No, Half, Yes]", "[]", "31:21 a question describes each of the instrument's 3 levels; this one describes 0")]
    [InlineData("[No, Half, Yes]", "No", "31:21 levels must be a list")]
    [InlineData("gate: 2", "gate: 0", "29:19 gate must be a level from 1 to 3, not 0")]
    [InlineData("gate: 2", "gate: 4", "29:19 gate must be a level from 1 to 3, not 4")]
    [InlineData("gate: 2", "gate: -1", "29:19 gate must be a level from 1 to 3, not -1")]
    [InlineData("upTo: 1", "upTo: 4", "33:31 upTo must be a level from 1 to 3, not 4")]
    public void Numbers_of_levels_must_agree(string right, string wrong, params string[] faults) => AssertFaults(right, wrong, faults);

    [Theory]
    [InlineData("gate: 2", "gate: two", "29:19 gate must be a whole number, not 'two'")]
    [InlineData("gate: 2", "gate: 2.5", "29:19 gate must be a whole number, not '2.5'")]
    [InlineData("gate: 2", "gate: '2'", "29:19 gate must be a whole number, written without quotes")]
    [InlineData("gate: 2", "gate: [2]", "29:19 gate must be a whole number")]
    [InlineData("gate: 2", "gate:", "29:18 gate is empty; write a whole number, or leave the key out")]
    [InlineData("gate: 2", "gate: 99999999999", "29:19 gate must be a whole number, not '99999999999'")]
    [InlineData("revision: 1", "revision: 0", "30:23 revision counts from 1, it can't be 0")]
    [InlineData("revision: 1", "revision: 1.0", "30:23 revision must be a whole number, not '1.0'")]
    [InlineData("weight: 1.5", "weight: 0", "28:21 a weight must be greater than 0, not 0")]
    [InlineData("weight: 1.5", "weight: -1", "28:21 a weight must be greater than 0, not -1")]
    [InlineData("weight: 1.5", "weight: heavy", "28:21 weight must be a number such as 1 or 0.5, not 'heavy'")]
    [InlineData("weight: 1.5", "weight: .inf", "28:21 weight must be a number such as 1 or 0.5, not '.inf'")]
    [InlineData("weight: 1.5", "weight: -.inf", "28:21 weight must be a number such as 1 or 0.5, not '-.inf'")]
    [InlineData("weight: 1.5", "weight: .nan", "28:21 weight must be a number such as 1 or 0.5, not '.nan'")]
    [InlineData("weight: 1.5", "weight: 1e400", "28:21 weight must be a number such as 1 or 0.5, not '1e400'")]
    [InlineData("weight: 1.5", "weight: 1e200", "28:21 a weight must be from 1e-100 to 1e100, or sums of weights lose their meaning")]
    [InlineData("weight: 1.5", "weight: 1e-320", "28:21 a weight must be from 1e-100 to 1e100, or sums of weights lose their meaning")]
    [InlineData("weight: 1.5", "weight: 1,5", "28:21 weight must be a number such as 1 or 0.5, not '1,5'")]
    [InlineData("weight: 1.5", "weight: 0x10", "28:21 weight must be a number such as 1 or 0.5, not '0x10'")]
    [InlineData("weight: 1.5", "weight: ~", "28:21 weight is empty; write a number, or leave the key out")]
    [InlineData("weight: 1.5", "weight: '1.5'", "28:21 weight must be a number, written without quotes")]
    [InlineData("weight: 2", "weight: 0", "16:13 a weight must be greater than 0, not 0")]
    public void Numbers_must_be_numbers(string right, string wrong, params string[] faults) => AssertFaults(right, wrong, faults);

    [Theory]
    [InlineData("from: 0", "from: 5", "6:36 the first band must be from 0, not from 5")]
    [InlineData("from: 50", "from: 0", "7:36 bands must ascend: this one must be from more than 0, not from 0")]
    [InlineData("from: 50", "from: -1", "7:36 a band is from a score of 0 to 100, not from -1")]
    [InlineData("from: 50", "from: 101", "7:36 a band is from a score of 0 to 100, not from 101")]
    [InlineData("from: 50", "from: half", "7:36 from must be a number such as 1 or 0.5, not 'half'")]
    [InlineData(
        "bands:\n  - { key: poor, name: Poor, from: 0 }\n  - { key: good, name: Good, from: 50 }",
        "bands: []",
        "5:8 bands is empty; list at least one")]
    public void Bands_ascend_from_0_to_at_most_100(string right, string wrong, params string[] faults) => AssertFaults(right, wrong, faults);

    [Theory]
    [InlineData("weakAtMost: 1", "weakAtMost: -1", "8:27 weakAtMost must be a number of levels from 0 to 1000, not -1")]
    [InlineData("weakAtMost: 1", "weakAtMost: 1e308", "8:27 weakAtMost must be a number of levels from 0 to 1000, not 1E+308")]
    [InlineData("weakAtMost: 1", "splitBelowConsensus: 1.1", "8:36 splitBelowConsensus must be a share from 0 to 1, not 1.1")]
    [InlineData("weakAtMost: 1", "provisionalBelowCoverage: 80", "8:41 provisionalBelowCoverage must be a share from 0 to 1, not 80")]
    [InlineData("weakAtMost: 1", "weakAtMost: few", "8:27 weakAtMost must be a number such as 1 or 0.5, not 'few'")]
    [InlineData(
        "{ weakAtMost: 1, strongAtLeast: 3 }",
        "2",
        "8:13 thresholds must be written as keys with values (weakAtMost, strongAtLeast, provisionalBelowCoverage, " +
            "splitBelowConsensus, differenceAtLeast)")]
    public void Thresholds_are_levels_and_shares(string right, string wrong, params string[] faults) => AssertFaults(right, wrong, faults);

    [Theory]
    [InlineData("text: Really?", "text: ''", "22:19 text is empty; write a text")]
    [InlineData("text: Really?", "text: \"  \"", "22:19 text is empty; write a text")]
    [InlineData("text: Really?", "text:", "22:18 text is empty; write a text")]
    [InlineData("text: Really?", "text: ~", "22:19 text is empty; write a text")]
    [InlineData("text: Really?", "text: null", "22:19 text is empty; write a text")]
    [InlineData(
        "text: Really?",
        "text: [Really?]",
        "22:19 text must be one text, not a list; put a text that begins with a bracket in quotes")]
    [InlineData(
        "text: Really?",
        "text: { Really: no }",
        "22:19 text must be one text, not a key with a value; put a text that holds ': ' in quotes")]
    [InlineData(
        "[No, Half, Yes]",
        "[No: nothing is known, Half, Yes]",
        "31:22 levels, number 1, must be one text, not a key with a value; put a text that holds ': ' in quotes")]
    [InlineData("[No, Half, Yes]", "[No, '', Yes]", "31:26 levels, number 2, is empty; write a text")]
    [InlineData("levels: [Low, Middle, High]", "levels: [Low, ~, High]", "4:15 levels, number 2, is empty; write a text")]
    [InlineData(
        "evidence: [Minutes]",
        "evidence: [[Minutes]]",
        "32:24 evidence, number 1, must be one text, not a list; put a text that begins with a bracket in quotes")]
    [InlineData("title: Small", "title: ' '", "3:8 title is empty; write a text")]
    public void Texts_must_say_something(string right, string wrong, params string[] faults) => AssertFaults(right, wrong, faults);

    /// <summary>What refers to a list that is itself at fault can't be judged: one fault, not one more for each question.</summary>
    [Theory]
    [InlineData("stages: [{ key: explore", "stage: [{ key: explore", "10:1 there is no key 'stage' in an instrument; did you mean 'stages'?")]
    [InlineData(
        "stages: [{ key: explore",
        "stages: [{ key: Explore",
        "10:17 a stage's key is made of lower-case letters, digits and hyphens, not 'Explore'")]
    [InlineData("roles: [{ key: finance, name: Finance }]", "roles: finance", "9:8 roles must be a list")]
    [InlineData("from: 0 }", "from: none }", "6:36 from must be a number such as 1 or 0.5, not 'none'")]
    public void One_fault_draws_no_false_ones_after_it(string right, string wrong, params string[] faults) => AssertFaults(right, wrong, faults);

    [Fact]
    public void Line_and_paragraph_separators_end_no_line() =>
        Assert.Equal("Small\u2028and\u2029odd", Core.Read(Small.Replace("Small\n", "\"Small\u2028and\u2029odd\"\n", StringComparison.Ordinal)).Value!.Title);

    [Theory]
    [InlineData("stages: [explore]", "stages: [expolre]", "24:22 there is no stage 'expolre'; did you mean 'explore'?")]
    [InlineData(
        "stages: [explore]",
        "stages: [run, explore, explore]",
        "24:22 there is no stage 'run'; known are explore",
        "24:36 the stage 'explore' is named twice; name it once")]
    [InlineData("stages: [explore]", "stages: explore", "24:21 stages must be a list")]
    [InlineData("roles: [finance]", "roles: [treasurer]", "25:21 there is no role 'treasurer'; known are finance")]
    [InlineData("roles: [{ key: finance, name: Finance }]", "roles: []", "25:21 there is no role 'finance'; none is defined")]
    [InlineData("cause: trust", "cause: turst", "26:20 there is no cause 'turst'; did you mean 'trust'?")]
    [InlineData("sources: [report]", "sources: [reprot]", "27:23 there is no source 'reprot'; did you mean 'report'?")]
    [InlineData(
        "about: organisation",
        "about: organization",
        "23:20 a question is about: organisation or about: partnership, not 'organization'")]
    [InlineData(
        "about: organisation",
        "about: Partnership",
        "23:20 a question is about: organisation or about: partnership, not 'Partnership'")]
    public void What_a_question_refers_to_must_be_defined(string right, string wrong, params string[] faults) => AssertFaults(right, wrong, faults);

    [Theory]
    [InlineData("actions: [{ upTo: 1, do: Start }]", "actions: Start", "33:22 actions must be a list")]
    [InlineData("{ upTo: 1, do: Start }", "Start", "33:23 an action must be written as keys with values (upTo, do)")]
    [InlineData("evidence: [Minutes]", "evidence: Minutes", "32:23 evidence must be a list")]
    [InlineData(
        "areas:\n",
        "areas: []\nrest:\n",
        "13:8 an instrument has at least one area",
        "14:1 there is no key 'rest' in an instrument; known are id, version, title, levels, bands, thresholds, roles, " +
            "stages, causes, sources, areas")]
    [InlineData(
        "areas:\n",
        "areas: none\nrest:\n",
        "13:8 areas must be a list",
        "14:1 there is no key 'rest' in an instrument; known are id, version, title, levels, bands, thresholds, roles, " +
            "stages, causes, sources, areas")]
    [InlineData(
        "        questions:\n          - key: q",
        "        questions:\n          - just text\n          - key: q",
        "21:13 a question must be written as keys with values (key, text, why, sources, about, stages, roles, cause, " +
            "weight, gate, revision, levels, evidence, actions)")]
    public void Lists_and_mappings_must_be_what_they_are(string right, string wrong, params string[] faults) => AssertFaults(right, wrong, faults);

    [Theory]
    [InlineData(
        "areas:\n",
        "areas:\n  - gone.yaml\n",
        "14:5 there is no file 'gone.yaml' beside this one; add it, or write the area here")]
    [InlineData(
        "areas:\n",
        "areas:\n  - ../area.yaml\n",
        "14:5 '../area.yaml' is not the name of a file beside this one; name a file in the same folder, or write the " +
            "area here")]
    [InlineData(
        "areas:\n",
        "areas:\n  - /etc/passwd\n",
        "14:5 '/etc/passwd' is not the name of a file beside this one; name a file in the same folder, or write the " +
            "area here")]
    [InlineData(
        "areas:\n",
        "areas:\n  - sub\\area.yaml\n",
        "14:5 'sub\\area.yaml' is not the name of a file beside this one; name a file in the same folder, or write the " +
            "area here")]
    [InlineData(
        "areas:\n",
        "areas:\n  - ''\n",
        "14:5 '' is not the name of a file beside this one; name a file in the same folder, or write the area here")]
    [InlineData(
        "areas:\n",
        "areas:\n  -\n",
        "14:4 '' is not the name of a file beside this one; name a file in the same folder, or write the area here")]
    [InlineData(
        "areas:\n",
        "areas:\n  - ..\n",
        "14:5 '..' is not the name of a file beside this one; name a file in the same folder, or write the area here")]
    public void Area_files_are_named_and_stand_beside_the_instrument(string right, string wrong, params string[] faults) => AssertFaults(right, wrong, faults);

    [Theory]
    [InlineData(
        "title: Small",
        "title: Small: one",
        "3:13 this is not YAML: a key can't stand here; indent it like the keys beside it, or, where ': ' is part of a " +
            "text, put the text in quotes")]
    [InlineData(
        "title: Small",
        "title: \"Small",
        "3:8 this is not YAML: the quotation mark here is not closed before the next line; close it")]
    [InlineData("title: Small", "title: 'Small", "3:8 this is not YAML: the quotation mark here is never closed; close it")]
    [InlineData(
        "title: Small",
        "title: \"a \"small\" one\"",
        "3:12 this is not YAML: nothing can follow here; where a text in quotes goes on after its closing mark, write " +
            "the marks inside it twice")]
    [InlineData(
        "title: Small",
        "title: 'it's'",
        "3:12 this is not YAML: nothing can follow here; where a text in quotes goes on after its closing mark, write " +
            "the marks inside it twice")]
    [InlineData("title: Small", "title: @small", "3:8 this is not YAML: a text can't begin with this character; put the text in quotes")]
    [InlineData(
        "title: Small",
        "title: \"C:\\small\"",
        "3:8 this is not YAML: a backslash in double quotes begins an escape; write it twice, or use single quotes")]
    [InlineData(
        "title: Small",
        "title",
        "3:1 this is not YAML: a key, a colon and a space are expected here; write them, or mend the indentation")]
    [InlineData(
        "title: Small",
        "title:Small",
        "3:1 this is not YAML: a key, a colon and a space are expected here; write them, or mend the indentation")]
    [InlineData("title: Small", "\ttitle: Small", "3:1 this is not YAML: a tab indents this line; indent with spaces")]
    [InlineData("    name: Area", "\tname: Area", "15:1 this is not YAML: a tab indents this line; indent with spaces")]
    [InlineData(
        "    name: Area",
        "   name: Area",
        "15:4 this is not YAML: this belongs to no list item; begin it with '- ', or mend the indentation")]
    [InlineData(
        "    name: Area",
        "     name: Area",
        "15:10 this is not YAML: a key can't stand here; indent it like the keys beside it, or, where ': ' is part of " +
            "a text, put the text in quotes")]
    [InlineData(
        "levels: [Low, Middle, High]",
        "levels: [Low, Middle, High",
        "4:9 this is not YAML: the [ here is not closed, or what it holds can't be read on line 5; close it with ]")]
    [InlineData(
        "stages: [explore]",
        "stages: [explore",
        "24:21 this is not YAML: the [ here is not closed, or what it holds can't be read on line 25; close it with ]")]
    [InlineData(
        "from: 0 }",
        "from: 0",
        "6:5 this is not YAML: the { here is not closed, or what it holds can't be read on line 7; close it with }")]
    [InlineData(
        "actions: [{ upTo: 1, do: Start }]\n",
        "actions: [{ upTo: 1, do: Start",
        "33:43 this is not YAML: a comma or } is missing here")]
    [InlineData(
        "actions: [{ upTo: 1, do: Start }]\n",
        "actions: [",
        "33:23 this is not YAML: a value is missing here, or a bracket is one too many")]
    [InlineData("title: Small", "title: ]", "3:8 this is not YAML: a value is missing here, or a bracket is one too many")]
    [InlineData("title: Small", "title: Small\n? [a, b]\n: c", "4:3 a key must be plain text")]
    [InlineData(
        "title: Small",
        "title: Small\n- item",
        "4:1 this is not YAML: a key, a colon and a space are expected here; write them, or mend the indentation")]
    public void What_is_not_YAML_is_explained_where_it_goes_wrong(string right, string wrong, params string[] faults) => AssertFaults(right, wrong, faults);

    [Theory]
    [InlineData("title: Small", "title: *gone", "3:8 *gone refers to nothing that is complete above it; write the text out")]
    [InlineData(
        "title: Small",
        "title: &title [*title]",
        "3:8 title must be one text, not a list; put a text that begins with a bracket in quotes",
        "3:16 *title refers to nothing that is complete above it; write the text out")]
    [InlineData("gate: 2", "gate: *gone", "29:19 *gone refers to nothing that is complete above it; write the text out")]
    [InlineData("[{ upTo: 1, do: Start }]", "*gone", "33:22 *gone refers to nothing that is complete above it; write the text out")]
    [InlineData("key: q", "key: *gone", "21:18 *gone refers to nothing that is complete above it; write the text out")]
    public void Aliases_refer_to_something_complete_above(string right, string wrong, params string[] faults) => AssertFaults(right, wrong, faults);

    [Theory]
    [InlineData(
        "weight: 1.5\n            gate: 2",
        "weight: 0\n            gate: 9\n            colour: red",
        "28:21 a weight must be greater than 0, not 0",
        "29:19 gate must be a level from 1 to 3, not 9",
        "30:13 there is no key 'colour' in a question; known are key, text, why, sources, about, stages, roles, cause, " +
            "weight, gate, revision, levels, evidence, actions")]
    [InlineData(
        "id: small\nversion: 1.0.0\ntitle: Small",
        "id: Small\nversion: ''\ntitel: Small",
        "1:1 the key 'title' is missing here; write 'title:' and a text",
        "1:5 the instrument's id is made of lower-case letters, digits and hyphens, not 'Small'",
        "2:10 version is empty; write a text",
        "3:1 there is no key 'titel' in an instrument; did you mean 'title'?")]
    [InlineData(
        "from: 0 }\n  - { key: good, name: Good, from: 50 }",
        "from: 10 }\n  - { key: good, from: 5 }\n  - Better",
        "6:36 the first band must be from 0, not from 10",
        "7:5 the key 'name' is missing here; write 'name:' and a text",
        "7:24 bands must ascend: this one must be from more than 10, not from 5",
        "8:5 a band must be written as keys with values (key, name, from)")]
    public void All_faults_are_told_in_their_order(string right, string wrong, params string[] faults) => AssertFaults(right, wrong, faults);

    [Fact]
    public void The_small_instrument_itself_has_no_fault() => Assert.Equal("small 1.0.0", Core.Read(Small).Value().ToString());

    [Theory]
    [InlineData("")]
    [InlineData("\n \n")]
    [InlineData("# nothing but a comment\n")]
    public void An_empty_file_says_so(string text) =>
        AssertFaults(Core.Read(text), "1:1 the file is empty; write an instrument here, or one area of it");

    [Theory]
    [InlineData("~")]
    [InlineData("- a\n- b\n")]
    [InlineData("organisation,round,respondent\nPowys,2026-01,p\n")]
    public void A_file_that_is_no_mapping_says_what_an_instrument_is(string text) => AssertFaults(
        Core.Read(text),
        "1:1 an instrument must be written as keys with values (id, version, title, levels, bands, thresholds, roles, stages, causes, sources, areas)");

    [Fact]
    public void A_second_document_is_a_fault_beside_those_of_the_first() => AssertFaults(
        Core.Read(Small.Replace("gate: 2", "gate: 9", StringComparison.Ordinal) + "---\n" + Small),
        "29:19 gate must be a level from 1 to 3, not 9",
        "34:1 a second document begins here; keep one document in a file");

    [Theory]
    [InlineData(new byte[] { (byte)'a', (byte)':', (byte)'\n', (byte)'b', 0xE2, (byte)' ' }, "2:2 the byte 0xE2 here is not UTF-8; save it as UTF-8 text")]
    [InlineData(new byte[] { (byte)'a', (byte)'\r', (byte)'b', (byte)'\r', (byte)'\n', 0xC3 }, "3:1 the byte 0xC3 here is not UTF-8; save it as UTF-8 text")]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'i', 0 }, "1:1 this text is in UTF-16; save it as UTF-8 text")]
    [InlineData(new byte[] { 0xFE, 0xFF, 0, (byte)'i' }, "1:1 this text is in UTF-16; save it as UTF-8 text")]
    [InlineData(new byte[] { (byte)'i', 0, (byte)'d', 0 }, "1:2 a zero byte stands here, so this is not UTF-8 text; save it as UTF-8 text")]
    [InlineData(new byte[] { (byte)'P', (byte)'K', 3, 4, 0 }, "1:1 this is a zip archive or an Office document, not text; save it as UTF-8 text")]
    [InlineData(new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1 }, "1:1 this is a zip archive or an Office document, not text; save it as UTF-8 text")]
    public void What_is_not_UTF_8_text_says_what_it_is(byte[] bytes, string fault) =>
        AssertFaults(InstrumentYaml.Read(new("instrument.yaml", bytes), _ => null), fault);

    [Fact]
    public void A_billion_laughs_are_not_written_out()
    {
        var laughs = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + string.Concat("bcdefghij".Select(c =>
            $"{c}: &{c} [{string.Join(", ", Enumerable.Repeat($"*{(char)(c - 1)}", 10))}]\n"));
        AssertFaults(Core.Read(laughs), "6:4 this has more than 200000 values, aliases written out, and no instrument has; take out what is not one, and nest no aliases");
    }

    [Theory]
    [InlineData("[", "1:42")]
    [InlineData("{a: ", "1:162")]
    [InlineData("- ", "1:83")]
    [InlineData("? ", "1:83")]
    public void A_hundred_thousand_levels_of_nesting_are_one_fault(string opening, string place) =>
        AssertFaults(Core.Read(string.Concat(Enumerable.Repeat(opening, 100_000))), $"{place} this is nested more than 40 deep; an instrument never is");

    [Fact]
    public void Faults_in_area_files_name_their_file_and_come_with_those_of_the_others()
    {
        const string Area = "key: a\nname: Area\nthemes: []\n";
        var reading = Core.Read(new Dictionary<string, string>
        {
            ["instrument.yaml"] = Small.Replace("areas:\n", "areas:\n  - one.yaml\n  - broken.yaml\n  - gone.yaml\n  - two.yaml\n", StringComparison.Ordinal),
            ["one.yaml"] = Area,
            ["two.yaml"] = Area.Replace("name: Area", "name:\nweight: 0", StringComparison.Ordinal),
            ["broken.yaml"] = "key: [\n",
        });
        Assert.Equal(
            [
                "broken.yaml:1:6: error: this is not YAML: the [ here is not closed, or what it holds can't be read on line 2; close it with ]",
                "instrument.yaml:16:5: error: there is no file 'gone.yaml' beside this one; add it, or write the area here",
                "instrument.yaml:18:10: error: an area's key must be its own: 'a' is taken in one.yaml on line 1",
                "two.yaml:1:6: error: an area's key must be its own: 'a' is taken in one.yaml on line 1",
                "two.yaml:2:6: error: name is empty; write a text",
                "two.yaml:3:9: error: a weight must be greater than 0, not 0",
            ],
            reading.Faults.Select(f => f.ToString()));
    }

    [Fact]
    public void A_file_that_names_itself_as_an_area_is_read_as_one_and_found_wanting()
    {
        var faults = Core.Read(Small.Replace("areas:\n", "areas:\n  - instrument.yaml\n", StringComparison.Ordinal)).Faults;
        Assert.Contains(faults, f => f.Message.StartsWith("there is no key 'bands' in an area", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("weight: 1.5", "weight: 1e-3")]
    [InlineData("weight: 1.5", "weight: .5")]
    [InlineData("weight: 1.5", "weight: +7.25")]
    [InlineData("            weight: 1.5\n            gate: 2\n            revision: 1\n", "")]
    [InlineData("thresholds: { weakAtMost: 1, strongAtLeast: 3 }\n", "")]
    [InlineData("strongAtLeast: 3", "strongAtLeast: 12")]
    [InlineData("title: Small", "title: 'It''s: \"small\"'")]
    [InlineData("title: Small", "title: >-\n  Small\n  still")]
    [InlineData("title: Small", "title: 2026")]
    [InlineData("levels: [No, Half, Yes]", "levels: [no, off, yes]")]
    [InlineData("levels: [No, Half, Yes]", "levels: &same [No, Half, Yes]\n            why: Because")]
    [InlineData("key: q", "key: \"7\"")]
    [InlineData("id: small", "---\nid: small")]
    [InlineData("id: small", "\uFEFFid: small")]
    [InlineData("id: small", "%YAML 1.2\n---\nid: small")]
    [InlineData("actions: [{ upTo: 1, do: Start }]\n", "actions: []\n...\n")]
    [InlineData("stages: [explore]\n", "stages: []\n")]
    public void What_looks_odd_but_is_right_has_no_fault(string usual, string odd) => Core.Read(Replaced(usual, odd)).Value();

    [Fact]
    public void Texts_are_trimmed_and_defaults_filled_in()
    {
        var question = Core.Read(Replaced("            weight: 1.5\n            gate: 2\n            revision: 1\n", "").Replace("text: Really?", "text: '  Really?  '", StringComparison.Ordinal)).Value().Questions[0];
        Assert.Equal(("a.t.q", "Really?", 1.0, null, 1), (question.Key, question.Text, question.Weight, question.Gate, question.Revision));
    }

    private static void AssertFaults(string right, string wrong, string[] faults) => AssertFaults(Core.Read(Replaced(right, wrong)), faults);

    private static void AssertFaults(Reading<Instrument> reading, params string[] faults)
    {
        Assert.Null(reading.Value);
        Assert.Equal(faults, reading.Faults.Select(f => $"{f.Line}:{f.Column} {f.Message}"));
        Assert.All(reading.Faults, f => Assert.Equal("instrument.yaml", f.Path));
    }

    /// <summary>The small instrument with one thing, where it first stands, replaced.</summary>
    private static string Replaced(string right, string wrong)
    {
        var at = Small.IndexOf(right, StringComparison.Ordinal);
        return string.Concat(Small.AsSpan(0, at), wrong, Small.AsSpan(at + right.Length));
    }
}
