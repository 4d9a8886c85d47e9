using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rasp.Api;
using Rasp.Readiness.Sharing;
using Rasp.Tests.Accounts;
using Rasp.Tests.Programmes;
using Rasp.Tests.Tokens;

namespace Rasp.Tests.Api;

/// <summary>What programs ask for with a token: who comes in, what they see, and what is said where something is wrong.</summary>
public sealed class ApiTests
{
    private const string Alder = "Aldermere Borough Council";
    private const string Brook = "Brookfield District Council";

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectRequiredConstructorParameters = true };

    [Theory, Engines]
    public async Task A_token_lets_in_as_Bearer_or_as_the_password_of_Basic_and_in_no_other_way(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var visitor = host.NewVisitor();
        await visitor.SignInAsync(host);
        var token = (await visitor.MakeTokenAsync(Links.NewToken, "Excel")).Token();
        using var nobody = new Calls(host, null);

        using var bearer = new Calls(host, token);
        (await bearer.GetAsync("programmes")).Is(200);
        (await nobody.GetAsync("programmes", ("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"whoever:{token}"))))).Is(200);
        var refused = (await nobody.GetAsync("programmes")).IsProblem(401);
        Assert.Equal("Bearer realm=\"Rasp\", Basic realm=\"Rasp\", charset=\"UTF-8\"", refused.Headers["WWW-Authenticate"]);
        Assert.Contains("no-store", (await bearer.GetAsync("programmes")).Headers["Cache-Control"], StringComparison.Ordinal);

        string[] others = [$"Bearer {token[..^1]}x", "Bearer rasp_", "Bearer", "Basic !", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(token)), $"Basic {token}", $"Token {token}", token];
        foreach (var other in others) (await nobody.GetAsync("programmes", ("Authorization", other))).IsProblem(401);
        (await nobody.GetAsync($"programmes?token={token}&access_token={token}")).IsProblem(401);
        // A browser's session opens no call, and a token no page.
        var session = visitor.Cookies.Single(c => c.Name == "rasp-session").Value;
        (await nobody.GetAsync("programmes", ("Cookie", $"rasp-session={session}"))).IsProblem(401);
        Assert.Equal(200, (await nobody.GetAsync(Links.Account, ("Cookie", $"rasp-session={session}"))).Status);
        Assert.Equal(302, (await bearer.GetAsync(Links.Account)).Status);

        Assert.Contains("Last used 24 November 2026", (await visitor.GetAsync(Links.Tokens)).Words, StringComparison.Ordinal);
        Assert.Single((await host.QueryAsync<string>("SELECT \"Kind\" FROM \"Trail\"")), k => k == "TokenUsed");
        await visitor.SubmitAsync(await visitor.GetAsync(Links.Tokens), "Revoke the token Excel");
        (await bearer.GetAsync("programmes")).IsProblem(401);
    }

    [Fact]
    public async Task A_token_is_good_until_its_last_moment()
    {
        await using var host = await RaspHost.StartAsync();
        var visitor = host.NewVisitor();
        await visitor.SignInAsync(host);
        using var calls = new Calls(host, (await visitor.MakeTokenAsync(Links.NewToken, "Excel", days: "30")).Token());
        host.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        (await calls.GetAsync("programmes")).Is(200);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("invalid_token", (await calls.GetAsync("programmes")).IsProblem(401).Headers["WWW-Authenticate"], StringComparison.Ordinal);
    }

    [Theory, Engines]
    public async Task What_is_read_is_what_the_pages_show_and_in_the_form_that_is_described(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var two = await RevealedAsync(host);
        using var calls = await Calls.OfAsync(host, two[Alder]);

        var programme = Assert.Single((await calls.GetAsync("programmes")).Each("programmes", "id"));
        Assert.Equal(two.Path.Split('/')[^1], programme);
        var found = Read<ProgrammeShape>(await calls.GetAsync($"programmes/{programme}"));
        Assert.Equal((Partnership.Name, "partner"), (found.Name, found.Part));
        Assert.Equal([Alder, Brook], found.Partners.Select(p => p.Name));
        var round = Assert.Single(Read<RoundList>(await calls.GetAsync($"programmes/{programme}/rounds")).Rounds);
        Assert.Equal(["shared", "shared"], round.Parts.Select(p => p.Progress));
        Assert.Equal(("everything", null), (round.Parts[0].Own?.Depth, round.Parts[1].Own));
        Assert.Equal(JsonSerializer.Serialize(round), JsonSerializer.Serialize(Read<RoundShape>(await calls.GetAsync($"rounds/{round.Id}"))));

        var comparison = await calls.GetAsync($"rounds/{round.Id}/comparison");
        Assert.Equal((await two[Alder].GetAsync(Links.ComparisonJson(round.Id))).Body, comparison.Body);
        var results = Read<ResultsShape>(comparison);
        Assert.Equal(["everything", "areas"], results.Assessments.Select(a => a.Depth));
        Assert.Null(results.Assessments[1].Questions);

        var assessment = Read<AssessmentList>(await calls.GetAsync("assessments")).Assessments.Single(a => a.Round == round.Id).Id;
        Assert.Equal(round.Parts[0].Own!.Assessment, assessment);
        Assert.Equal((false, true, 6), Read<AssessmentShape>(await calls.GetAsync($"assessments/{assessment}")) is var one ? (one.Open, one.Lead, one.Answered) : default);
        var own = await calls.GetAsync($"assessments/{assessment}/results");
        Assert.Equal((await two[Alder].GetAsync(Links.ResultsJson(assessment))).Body, own.Body);
        Read<ResultsShape>(own);
        Assert.Equal(6, Read<AnswerList>(await calls.GetAsync($"assessments/{assessment}/answers")).Answers.Count(a => a.Answer is not null));
        Read<ActionList>(await calls.GetAsync($"programmes/{programme}/plan/actions"));
        Read<ActionList>(await calls.GetAsync($"assessments/{assessment}/plan/actions"));

        var version = Assert.Single(Read<InstrumentList>(await calls.GetAsync("instruments")).Instruments);
        var instrument = Read<InstrumentShape>(await calls.GetAsync($"instruments/{version.Id}/{version.Version}"));
        Assert.Equal(host.Instrument.Questions.Select(q => q.Key), instrument.Areas.SelectMany(a => a.Themes).SelectMany(t => t.Questions).Select(q => q.Key));
        // Whose data it was reads that it was taken away, and by whom.
        var words = (await two[Brook].GetAsync((await two[Brook].GetAsync(Links.Account)).Link(Brook) + "/trail")).Words;
        Assert.Contains($"Somebody of {Alder} downloaded the comparison of {Partnership.Name}", words, StringComparison.Ordinal);
    }

    [Theory, Engines]
    public async Task The_flat_table_holds_all_that_the_token_sees_and_no_formula(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var two = await RevealedAsync(host);
        // A round more, of which so far each sees its own part alone.
        await two.OpenRoundAsync();
        await two.AnswerAsync(Brook, (_, _) => ("2", "open", "Not yet Alder’s to see"), 1);
        using var calls = await Calls.OfAsync(host, two[Alder]);
        using var their = await Calls.OfAsync(host, two[Brook]);

        var all = Read<TableShape>(await calls.GetAsync("table.json")).Rows;
        Assert.Equal([Alder], all.Where(r => r.RoundNumber == 2).Select(r => r.Organisation).Distinct());
        Assert.Single(Read<TableShape>(await their.GetAsync("table.json")).Rows, r => r.Note == "Not yet Alder’s to see");
        var rows = all.Where(r => r.RoundNumber == 1).ToList();
        var mine = rows.Where(r => r is { Organisation: Alder, Kind: "question" }).ToList();
        Assert.Equal(host.Instrument.InScope("explore").Count(), mine.Count);
        Assert.Equal(6, mine.Count(r => r.Note == "=Alder’s, \"own\" words"));
        Assert.All(rows.Where(r => r.Organisation == Brook), r => Assert.Equal(("areas", false, null, null), (r.Depth, r.Own, r.Theme, r.Level)));
        Assert.Equal(["area", "overall"], rows.Where(r => r.Organisation == Brook).Select(r => r.Kind).Distinct().Order());
        Assert.NotNull(rows.Single(r => r is { Organisation: Brook, Kind: "overall" }).Score);
        // What the other shows to whom shows less.
        Assert.All(Read<TableShape>(await their.GetAsync("table.json")).Rows.Where(r => r.Organisation == Alder && r.RoundNumber == 1), r => Assert.Equal(("areas", null), (r.Depth, r.Note)));

        var csv = (await calls.GetAsync("table.csv", ("Accept", "text/csv"))).Is(200);
        Assert.Equal("text/csv; charset=utf-8", csv.Headers["Content-Type"]);
        var lines = csv.Body.TrimStart('\uFEFF').Split("\r\n");
        Assert.Equal(string.Join(',', typeof(RowShape).GetProperties().Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name))), lines[0]);
        Assert.Equal(all.Count + 2, lines.Length);
        Assert.Equal(6, lines.Count(l => l.Contains("\"'=Alder’s, \"\"own\"\" words\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Whoever_has_a_document_already_is_told_so_and_a_tag_is_of_what_they_see()
    {
        await using var host = await RaspHost.StartAsync();
        var two = await RevealedAsync(host);
        using var calls = await Calls.OfAsync(host, two[Alder]);
        var programme = two.Path.Split('/')[^1];
        var first = (await calls.GetAsync($"programmes/{programme}", ("Accept-Encoding", "identity"))).Is(200);
        Assert.Matches("^\"[0-9a-f]{32}\"$", first.Tag);
        Assert.Equal(first.Tag, (await calls.GetAsync($"programmes/{programme}", ("Accept-Encoding", "identity"))).Tag);
        var known = (await calls.GetAsync($"programmes/{programme}", ("If-None-Match", first.Tag))).Is(304);
        Assert.Equal((first.Tag, ""), (known.Tag, known.Body));
        // Compressed, it is another representation, and the same document.
        var compressed = await calls.GetAsync($"programmes/{programme}", ("Accept-Encoding", "br"));
        Assert.Equal(first.Tag.TrimEnd('"') + "-br\"", compressed.Tag);
        (await calls.GetAsync($"programmes/{programme}", ("If-None-Match", compressed.Tag))).Is(304);
        (await calls.GetAsync($"programmes/{programme}", ("If-None-Match", "\"other\""))).Is(200);
        var head = (await calls.SendAsync(HttpMethod.Head, $"programmes/{programme}")).Is(200);
        Assert.Equal((first.Tag, ""), (head.Tag, head.Body));
        using var their = await Calls.OfAsync(host, two[Brook]);
        var round = (await calls.GetAsync($"programmes/{programme}/rounds")).Each("rounds", "id")[0];
        Assert.NotEqual((await calls.GetAsync($"rounds/{round}/comparison")).Tag, (await their.GetAsync($"rounds/{round}/comparison")).Tag);
    }

    [Theory, Engines]
    public async Task What_is_wrong_with_a_call_is_said_as_a_problem(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var two = await Partnership.StartAsync(host, Alder, Brook);
        await two.OpenRoundAsync();
        using var calls = await Calls.OfAsync(host, two[Alder], scopes: "Answer");
        var stranger = host.NewVisitor();
        await stranger.SignInAsync(host, "stranger@example.gov.uk");
        using var outside = await Calls.OfAsync(host, stranger);
        var (programme, part) = (two.Path.Split('/')[^1], (await two.PartAsync(Alder)).Split('/')[^1]);
        var round = (await calls.GetAsync($"programmes/{programme}/rounds")).Each("rounds", "id")[0];

        // Not there, or not for them: the same words.
        string[] paths = [$"programmes/{programme}", $"programmes/{programme}/rounds", $"rounds/{round}", $"rounds/{round}/comparison", $"assessments/{part}", $"assessments/{part}/results", $"assessments/{part}/answers", $"programmes/{programme}/plan/actions", $"assessments/{part}/plan/actions"];
        foreach (var path in paths)
        {
            var theirs = (await outside.GetAsync(path)).IsProblem(404);
            Assert.Equal(theirs.Body, (await outside.GetAsync(path.Replace(programme, new('0', 32), StringComparison.Ordinal).Replace(part, new('0', 32), StringComparison.Ordinal).Replace(round!, new('0', 32), StringComparison.Ordinal))).Body);
        }
        (await calls.GetAsync($"rounds/{round}/comparison")).IsProblem(404);
        (await calls.GetAsync("nothing-of-the-kind")).IsProblem(404);
        (await calls.GetAsync($"assessments/{part}/answers/no.such.question")).IsProblem(404);

        Assert.Contains("GET", (await calls.SendAsync(HttpMethod.Delete, "programmes")).IsProblem(405).Headers["Allow"], StringComparison.Ordinal);
        (await calls.GetAsync("programmes", ("Accept", "text/html"))).IsProblem(406);
        (await calls.GetAsync("table.csv", ("Accept", "application/json"))).IsProblem(406);
        foreach (var accepted in new[] { "*/*", "application/*;q=0.1", "text/html, application/json;charset=utf-8" }) (await calls.GetAsync("programmes", ("Accept", accepted))).Is(200);
        (await calls.SendAsync(HttpMethod.Post, "assessments", "stage=explore", ("Content-Type", "application/x-www-form-urlencoded"))).IsProblem(415);
        (await calls.SendAsync(HttpMethod.Post, "assessments", $"{{\"organisation\":\"{new string('x', 300_000)}\"}}")).IsProblem(413);
        Assert.Contains("scope plan", (await calls.PostAsync($"programmes/{programme}/plan/actions", new { what = "Talk" })).IsProblem(403).Body, StringComparison.Ordinal);

        Assert.Equal("One of explore, deliver, run, join.", (await calls.PostAsync("assessments", new { stage = "now", role = "finance" })).IsProblem(400).Fault("stage"));
        Assert.Contains("programme-manager", (await calls.PostAsync("assessments", new { stage = "explore" })).IsProblem(400).Fault("role"), StringComparison.Ordinal);
        (await calls.PostAsync("assessments", new { stage = "explore", role = "finance", colour = "red" })).IsProblem(400);
        (await calls.SendAsync(HttpMethod.Post, "assessments", "{")).IsProblem(400);
        (await calls.SendAsync(HttpMethod.Post, "assessments", "null")).IsProblem(400);
        (await calls.SendAsync(HttpMethod.Post, "assessments", "[1]")).IsProblem(400);
        Assert.Equal("A whole number from 1 to 500.", (await calls.GetAsync("programmes?page-size=0")).IsProblem(400).Fault("page-size"));
        (await calls.GetAsync("programmes?after=%25")).IsProblem(400);
        // No other site's page may ask in somebody's browser.
        var asked = await calls.SendAsync(HttpMethod.Options, "programmes", null, ("Origin", "https://elsewhere.example.org"), ("Access-Control-Request-Method", "GET"));
        Assert.DoesNotContain(asked.Headers.Keys, k => k.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Theory, Engines]
    public async Task A_long_list_comes_in_pieces(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var visitor = host.NewVisitor();
        await visitor.SignInAsync(host);
        await visitor.SubmitAsync(await visitor.GetAsync(Links.NewOrganisation), "Add the organisation", ("Name", Alder));
        foreach (var name in new[] { "Delta", "Alpha", "Charlie", "Bravo", "Echo" })
        {
            await visitor.SubmitAsync(await visitor.GetAsync(Links.NewProgramme), "Start the programme", ("Form.Name", name), ("Form.What", "Letters"), ("Form.Stage", "explore"));
        }
        using var calls = await Calls.OfAsync(host, visitor);
        var seen = new List<string?>();
        for (var path = "programmes?page-size=2"; path is not null;)
        {
            var piece = (await calls.GetAsync(path)).Is(200);
            seen.AddRange(piece.Each("programmes", "name"));
            path = piece.Headers.TryGetValue("Link", out var link) ? new Uri(link.Split('<', '>')[1]).PathAndQuery : null!;
            if (link is not null) Assert.Equal($"<{RaspHost.PublicUrl}api/v1/programmes?page-size=2&after=", link[..(link.IndexOf("after=", StringComparison.Ordinal) + 6)]);
            Assert.True(seen.Count < 6);
        }
        Assert.Equal(["Alpha", "Bravo", "Charlie", "Delta", "Echo"], seen);
    }

    [Fact]
    public async Task Calls_are_limited_for_each_token_and_for_each_address_without_a_good_one()
    {
        await using var host = await RaspHost.StartAsync(with: s => s with { Limits = new() { CallsAMinute = 3, CallsWithoutTokenAMinute = 2 } });
        var visitor = host.NewVisitor();
        await visitor.SignInAsync(host);
        var token = (await visitor.MakeTokenAsync(Links.NewToken, "One")).Token();
        using var one = new Calls(host, token);
        using var other = await Calls.OfAsync(host, visitor);
        for (var i = 0; i < 3; i++) (await one.GetAsync("programmes")).Is(200);
        var refused = (await one.GetAsync("programmes")).IsProblem(429);
        Assert.InRange(int.Parse(refused.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        (await other.GetAsync("programmes")).Is(200);
        // From elsewhere, the same token is the same.
        using var elsewhere = new Calls(host, token, "127.0.0.3");
        (await elsewhere.GetAsync("programmes")).IsProblem(429);

        using var nobody = new Calls(host, null, "127.0.0.2");
        (await nobody.GetAsync("programmes")).IsProblem(401);
        (await nobody.GetAsync("programmes", ("Authorization", $"Bearer rasp_{new string('a', 40)}"))).IsProblem(401);
        for (var i = 0; i < 3; i++) (await nobody.GetAsync("programmes", ("Authorization", $"Bearer rasp_{new string((char)('b' + i), 40)}"))).IsProblem(429);
        // A good token is let in from there all the same.
        using var good = new Calls(host, (await visitor.MakeTokenAsync(Links.NewToken, "Good")).Token(), "127.0.0.2");
        (await good.GetAsync("programmes")).Is(200);
    }

    [Theory, Engines]
    public async Task An_assessment_is_started_and_filled_as_on_the_pages(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var visitor = host.NewVisitor();
        await visitor.SignInAsync(host);
        using var calls = await Calls.OfAsync(host, visitor, scopes: "Answer");
        var made = (await calls.PostAsync("assessments", new { organisation = "  Aldermere  ", stage = "explore", role = "finance" })).Is(201);
        var started = Read<AssessmentShape>(made);
        Assert.Equal(("Aldermere", true, 0), (started.Organisation, started.Open, started.Answered));
        Assert.Equal($"{Links.ApiRoot}/assessments/{started.Id}", made.Headers["Location"]);
        Assert.Contains("Aldermere", (await visitor.GetAsync(Links.Account)).Words, StringComparison.Ordinal);

        var question = host.Instrument.InScope("explore").First();
        var path = $"assessments/{started.Id}/answers/{question.Key}";
        var empty = (await calls.GetAsync(path)).Is(200);
        Assert.Equal("\"0\"", empty.Tag);
        (await calls.PutAsync(path, new { answer = 3 })).IsProblem(428);
        var faulty = (await calls.PutAsync(path, new { answer = 6, stance = "red", note = new string('n', 10_001) }, ("If-Match", "\"0\""))).IsProblem(400);
        Assert.Equal(("A level from 1 to 5, \"dk\", \"na\" or null.", "fixed, negotiable, open or null."), (faulty.Fault("answer"), faulty.Fault("stance")));
        Assert.Equal("At most 10000 characters; it has 10001.", faulty.Fault("note"));
        (await calls.PutAsync(path, new { answer = true }, ("If-Match", "\"0\""))).IsProblem(400);

        var saved = (await calls.PutAsync(path, new { answer = 3, stance = "fixed", note = "From <a program>", evidence = (string?)null }, ("If-Match", empty.Tag))).Is(200);
        Assert.Equal("\"1\"", saved.Tag);
        Assert.Equal("From <a program>", (await visitor.GetAsync(Links.Question(started.Id, question))).Field("Note"));
        var stale = (await calls.PutAsync(path, new { answer = "dk" }, ("If-Match", "\"0\""))).IsProblem(412);
        Assert.Equal("\"1\"", stale.Tag);
        (await calls.PutAsync(path, new { answer = "dk" }, ("If-None-Match", "*"))).IsProblem(412);
        (await calls.PutAsync(path, new { answer = "dk" }, ("If-Match", "\"other\""))).IsProblem(412);
        Assert.Equal("\"2\"", (await calls.PutAsync(path, new { answer = "dk" }, ("If-Match", "\"1\""))).Is(200).Tag);
        (await calls.GetAsync(path, ("If-None-Match", "\"2\""))).Is(304);
        Assert.Equal("dk", (await calls.GetAsync(path)).Json.GetProperty("answer").GetString());
        Assert.Equal(1, Read<AssessmentShape>(await calls.GetAsync($"assessments/{started.Id}")).Answered);

        using var reader = await Calls.OfAsync(host, visitor);
        Assert.Contains("insufficient_scope", (await reader.PutAsync(path, new { answer = 1 }, ("If-Match", "\"2\""))).IsProblem(403).Headers["WWW-Authenticate"], StringComparison.Ordinal);
        Assert.Equal("\"2\"", (await reader.GetAsync(path)).Tag);
    }

    [Theory, Engines]
    public async Task A_part_of_a_round_takes_answers_until_it_is_sealed(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var two = await Partnership.StartAsync(host, Alder, Brook);
        await two.OpenRoundAsync();
        var organisation = (await two[Alder].GetAsync(Links.Account)).Link(Alder);
        using var calls = await Calls.OfAsync(host, two[Alder], organisation + "/tokens/new", scopes: "Answer");
        var part = Assert.Single(Read<AssessmentList>(await calls.GetAsync("assessments")).Assessments).Id;
        var question = host.Instrument.InScope("explore").First().Key;
        (await calls.PutAsync($"assessments/{part}/answers/{question}", new { answer = 4 }, ("If-None-Match", "*"))).Is(200);
        await two.SealAsync(Alder, Depth.Areas);
        Assert.Contains("sealed", (await calls.PutAsync($"assessments/{part}/answers/{question}", new { answer = 1 }, ("If-Match", "\"1\""))).IsProblem(409).Body, StringComparison.Ordinal);
        Assert.Equal(4, (await calls.GetAsync($"assessments/{part}/answers/{question}")).Json.GetProperty("answer").GetInt32());
        (await calls.PostAsync("assessments", new { stage = "explore", role = "finance" })).IsProblem(403);
    }

    [Theory, Engines]
    public async Task An_organisations_token_shows_nothing_of_its_maker_beyond_that_organisation(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var two = await RevealedAsync(host);
        var lead = two[Alder];
        // The same person keeps an assessment, starts another programme for another organisation, and is asked among several.
        var elm = await lead.SubmitAsync(await lead.GetAsync(Links.NewOrganisation), "Add the organisation", ("Name", "Elmstead Council"));
        var other = await lead.SubmitAsync(await lead.GetAsync($"{Links.NewProgramme}?organisation={elm.Path.Split('/')[^1]}"), "Start the programme", ("Form.Name", "Another service"), ("Form.What", "Letters"), ("Form.Stage", "explore"));
        await lead.SubmitAsync(await lead.GetAsync(other.Path + "/round"), "Open the round");
        using var own = await Calls.OfAsync(host, lead, scopes: "Answer");
        var kept = Read<AssessmentShape>((await own.PostAsync("assessments", new { stage = "explore", role = "finance" })).Is(201)).Id;
        var elsewhere = other.Path.Split('/')[^1];
        var organisation = (await lead.GetAsync(Links.Account)).Link(Alder);
        using var calls = await Calls.OfAsync(host, lead, organisation + "/tokens/new");
        using var limited = await Calls.OfAsync(host, lead, programme: "Another service");

        Assert.Equal(3, Read<AssessmentList>(await own.GetAsync("assessments")).Assessments.Count);
        Assert.Equal([Partnership.Name], (await calls.GetAsync("programmes")).Each("programmes", "name"));
        Assert.Equal([Alder], Read<AssessmentList>(await calls.GetAsync("assessments")).Assessments.Select(a => a.Organisation));
        var part = Read<AssessmentList>(await own.GetAsync("assessments")).Assessments.Single(a => a.Programme == elsewhere);
        foreach (var path in new[] { $"programmes/{elsewhere}", $"rounds/{part.Round}", $"assessments/{kept}", $"assessments/{kept}/answers", $"assessments/{kept}/plan/actions", $"assessments/{part.Id}/results", $"assessments/{part.Id}/plan/actions" }) (await calls.GetAsync(path)).IsProblem(404);
        Assert.DoesNotContain("Elmstead", (await calls.GetAsync("table.csv")).Body, StringComparison.Ordinal);
        // One that is limited to a programme reaches that alone.
        Assert.Equal(["Another service"], (await limited.GetAsync("programmes")).Each("programmes", "name"));
        var shared = two.Path.Split('/')[^1];
        var round = (await own.GetAsync($"programmes/{shared}/rounds")).Each("rounds", "id")[0];
        foreach (var path in new[] { $"programmes/{shared}", $"programmes/{shared}/plan/actions", $"rounds/{round}", $"rounds/{round}/comparison", $"assessments/{kept}" }) (await limited.GetAsync(path)).IsProblem(404);
        Assert.DoesNotContain(Alder, (await limited.GetAsync("table.csv")).Body, StringComparison.Ordinal);

        // Whoever made it leads no more: it ends.
        var second = await two.ColleagueAsync(Alder, "second@example.gov.uk");
        (await calls.GetAsync("programmes")).Is(200);
        var place = (await second.GetAsync(organisation)).Link($"Change {Partnership.Email(Alder)}");
        await second.SubmitAsync(await second.GetAsync(place), "Make a contributor");
        (await calls.GetAsync("programmes")).IsProblem(401);
        (await own.GetAsync("programmes")).Is(200);
    }

    [Fact]
    public async Task Where_several_answer_an_organisations_token_tells_what_none_of_them_entered()
    {
        await using var host = await RaspHost.StartAsync();
        var two = await Partnership.StartAsync(host, Alder, Brook);
        await two.OpenRoundAsync();
        await two.StartTeamAsync(Alder, "anonymous");
        var part = (await two.PartAsync(Alder)).Split('/')[^1];
        var organisation = (await two[Alder].GetAsync(Links.Account)).Link(Alder);
        using var calls = await Calls.OfAsync(host, two[Alder], organisation + "/tokens/new", scopes: "Answer");
        using var own = await Calls.OfAsync(host, two[Alder], scopes: "Answer");
        var path = $"assessments/{part}/answers/{host.Instrument.InScope("explore").First().Key}";
        (await own.PutAsync(path, new { answer = 2, note = "My own words" }, ("If-None-Match", "*"))).Is(200);
        (await calls.GetAsync(path)).IsProblem(403);
        (await calls.GetAsync($"assessments/{part}/answers")).IsProblem(403);
        (await calls.PutAsync(path, new { answer = 1 }, ("If-Match", "\"1\""))).IsProblem(403);
        Assert.DoesNotContain("My own words", (await calls.GetAsync("table.csv")).Body, StringComparison.Ordinal);
        Assert.Contains("\"answer\": null", (await calls.GetAsync($"assessments/{part}/results")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("\"answer\": 2", (await calls.GetAsync($"assessments/{part}/results")).Body, StringComparison.Ordinal);
    }

    [Theory, Engines]
    public async Task Actions_are_added_and_changed_by_their_versions(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var two = await RevealedAsync(host);
        using var calls = await Calls.OfAsync(host, two[Alder], scopes: "Plan");
        var (programme, part) = (two.Path.Split('/')[^1], (await calls.GetAsync("assessments")).Each("assessments", "id")[0]);
        var organisations = Read<ProgrammeShape>(await calls.GetAsync($"programmes/{programme}")).Partners;

        Assert.Contains("Say what is to be done", (await calls.PostAsync($"assessments/{part}/plan/actions", new { due = "soon" })).IsProblem(400).Fault("what"), StringComparison.Ordinal);
        var faulty = (await calls.PostAsync($"programmes/{programme}/plan/actions", new { what = "Talk", due = "soon", state = "begun", area = "nowhere", milestone = "none", owners = new[] { "nobody" } })).IsProblem(400);
        foreach (var where in new[] { "due", "state", "area", "milestone", "owners" }) Assert.NotEmpty(faulty.Fault(where));

        var made = (await calls.PostAsync($"programmes/{programme}/plan/actions", new { what = "Talk", due = "2027-01-20", owners = new[] { organisations[1].Id }, area = host.Instrument.Areas[0].Key })).Is(201);
        var action = Read<ActionShape>(made);
        Assert.Equal(("Talk", new DateOnly(2027, 1, 20), "to-do", Brook), (action.What, action.Due, action.State, action.Owners.Single().Name));
        var path = made.Headers["Location"];
        (await calls.PutAsync(path, new { what = "Talk again", owners = new[] { organisations[0].Id } })).IsProblem(428);
        var changed = (await calls.PutAsync(path, new { what = "Talk again", state = "doing", owners = new[] { organisations[0].Id } }, ("If-Match", made.Tag))).Is(200);
        Assert.Equal(("Talk again", "doing", null, Alder), Read<ActionShape>(changed) is var now ? (now.What, now.State, now.Due, now.Owners.Single().Name) : default);
        (await calls.PutAsync(path, new { what = "Too late", owners = new[] { organisations[0].Id } }, ("If-Match", made.Tag))).IsProblem(412);
        Assert.Contains("Talk again", (await two[Brook].GetAsync(two.Path + "/plan")).Words, StringComparison.Ordinal);
        Read<ActionShape>((await calls.PostAsync($"assessments/{part}/plan/actions", new { what = "For ourselves", person = "Jo" })).Is(201));
        Assert.Equal(["For ourselves"], (await calls.GetAsync($"assessments/{part}/plan/actions")).Each("actions", "what"));
        using var their = await Calls.OfAsync(host, two[Brook], scopes: "Plan");
        (await their.PostAsync($"assessments/{part}/plan/actions", new { what = "Not theirs" })).IsProblem(404);
    }

    /// <summary>Two councils, the first of which shows everything and the second areas, and so sees no more.</summary>
    private static async Task<Partnership> RevealedAsync(RaspHost host)
    {
        var two = await Partnership.StartAsync(host, Alder, Brook);
        await two.OpenRoundAsync();
        await two.AnswerAsync(Alder, (_, i) => ($"{1 + (i % 5)}", "fixed", "=Alder’s, \"own\" words"), 6);
        await two.SealAsync(Alder, Depth.Everything);
        await two.AnswerAsync(Brook, (_, _) => ("4", "open", "Brook’s own words"), 6);
        await two.SealAsync(Brook, Depth.Areas);
        return two;
    }

    /// <summary>A document that is what its shape says: with all that it names, and nothing else.</summary>
    private static T Read<T>(Called called)
    {
        Assert.Equal("application/json", called.Headers["Content-Type"]);
        return JsonSerializer.Deserialize<T>(called.Body, Strict)!;
    }
}
