using System.Text.Json;
using System.Text.RegularExpressions;
using Rasp.Data.Agreements;
using Rasp.Data.Teams;
using Rasp.Data.Tokens;
using Rasp.Readiness.Answers;
using Rasp.Tests.Accounts;
using Rasp.Tests.Api;
using Rasp.Tests.Pages;
using Rasp.Tests.Programmes;
using Rasp.Tests.Reports;

namespace Rasp.Tests.Teams;

/// <summary>Within an organisation: nobody comes to another's answers by any address before they may, and of anonymous answers nobody ever tells whose is which.</summary>
public sealed partial class TeamPrivacyTests
{
    private const string Note = AskedTeam.Note;

    [Theory, Engines]
    public async Task Whoever_was_asked_sees_nothing_of_others_by_any_address(Engine engine)
    {
        await using var host = await Asked.HostAsync(engine);
        var team = await (await AskedTeam.StartAsync(host, Attribution.Named, people: 2)).PlanAsync(host, $"{Note} plan");
        var paper = (await host.AskAsync((TeamDesk d) => d.AddOnPaperAsync(team.Part, team.Lead, "The secretary", "trade-union", null, default)))!.Value;
        await AskedTeam.AnswerAsync(host, paper, team.Lead, team.Questions[0], 2, "paper");
        await host.AskAsync((Agreeing a) => a.RecordAsync(team.Part, team.Lead, team.Questions[1], new(Choice.OfLevel(2), null, $"{Note} agreement", null, $"{Note} reason", $"{Note} minority"), 0, default));
        var visitor = host.NewVisitor();
        await visitor.SignInAsync(host, "p0@powys.gov.uk");

        var seen = await VisitAsync(host, visitor, [await TokenAsync(host, team.People[0], null)], team, [team.Part, paper, .. team.Respondents]);
        Assert.Contains(seen, s => s.Value.Contains($"{Note} p0", StringComparison.Ordinal));
        foreach (var (path, body) in seen)
        {
            Assert.DoesNotMatch($"{Note} (?!p0)", body);
            // Nor is there anything at another respondent's id.
            if (path.Contains($"{paper:N}", StringComparison.Ordinal)) Assert.StartsWith("404", body, StringComparison.Ordinal);
        }
        // What they are asked to change, they can't either.
        foreach (var handler in (string[])["", "?handler=Change", "?handler=Again", "?handler=Remove", "?handler=Remind"])
        {
            var forged = await visitor.GetAsync(Links.Leave($"{team.Part:N}"));
            using var content = new FormUrlEncodedContent([.. Visitor.Filled(forged.Form("Stop answering"), ("Answers", "erase")), new("Role", "legal"), new("Scope.What", "all")]);
            using var request = new HttpRequestMessage(HttpMethod.Post, Links.TeamPerson($"{team.Part:N}", team.Respondents[1]) + handler) { Content = content };
            using var response = await visitor.SendAsync(request);
            Assert.True((int)response.StatusCode is 404 or 405);
        }
    }

    [Theory, Engines]
    public async Task A_lead_can_not_tell_what_anybody_chose_anonymously_by_any_page_or_download(Engine engine)
    {
        await using var host = await Asked.HostAsync(engine);
        var team = await (await AskedTeam.StartAsync(host, Attribution.Anonymous, people: 6)).PlanAsync(host, "Mend it");
        var lead = host.NewVisitor();
        await lead.SignInAsync(host, "lead@powys.gov.uk");
        Guid[] references = [team.Part, .. team.Respondents];
        string[] tokens = [await TokenAsync(host, team.Lead, null), await TokenAsync(host, team.Lead, team.Organisation)];
        Dictionary<string, string> before = [];
        for (var isOpened = false; ; isOpened = true)
        {
            before = await VisitAsync(host, lead, tokens, team, references);
            Assert.DoesNotContain(before, s => s.Value.Contains(Note, StringComparison.Ordinal));
            // Everybody's other levels, stances, notes and evidence; of what is opened, one person's.
            foreach (var person in team.People.Take(isOpened ? 1 : team.People.Count))
            {
                foreach (var question in team.Questions) await AskedTeam.AnswerAsync(host, team.Part, person, question, isOpened ? 5 : 1, "another", Stance.Fixed);
            }
            if (isOpened) Assert.Equal(0, (await host.AskAsync((Openings o) => o.OpenAsync(team.Part, team.Lead, default)))!.Opened);
            var after = await VisitAsync(host, lead, tokens, team, references);
            Assert.Equal(before.Keys, after.Keys);
            foreach (var (path, body) in before) Assert.True(body == after[path], $"{path} tells what somebody chose");
            if (isOpened) break;
            Assert.Equal(2, (await host.AskAsync((Openings o) => o.OpenAsync(team.Part, team.Lead, default)))!.Opened);
        }

        using var json = JsonDocument.Parse((await lead.GetAsync(Links.OrganisationFile(team.Organisation))).Body);
        var assessment = json.RootElement.GetProperty("assessments").EnumerateArray().Single(a => a.GetProperty("id").GetString() == $"{team.Part:N}");
        Assert.Equal(("anonymous", 0, 2), (assessment.GetProperty("attribution").GetString(), assessment.GetProperty("answers").GetArrayLength(), assessment.GetProperty("spreads").GetArrayLength()));
        var levels = assessment.GetProperty("spreads")[0].GetProperty("all").GetProperty("levels").EnumerateArray().Select(l => l.GetInt32()).ToList();
        Assert.Equal([1, 1, 1, 1, 1, 1], levels);
        // Whoever is taken out of an anonymous team keeps no name in it.
        await host.AskAsync((TeamDesk d) => d.RemoveAsync(team.Part, team.Lead, team.Respondents[0], erase: false, default));
        Assert.DoesNotContain("p0@powys.gov.uk", Words((await lead.GetAsync(Links.Team($"{team.Part:N}"))).Body), StringComparison.Ordinal);
    }

    /// <summary>All that every door shows to somebody, by its address: the status and the body, but for what is made anew each time, the trail, which notes downloads, and closing a browser's door, which asks nothing.</summary>
    private static async Task<Dictionary<string, string>> VisitAsync(RaspHost host, Visitor visitor, string[] tokens, AskedTeam team, Guid[] references)
    {
        (string, string[])[] places =
        [
            ("{programme}", [$"{team.Programme:N}"]), ("{round}", [$"{team.Round:N}"]), ("{assessment}", [.. references.Select(r => $"{r:N}")]), ("{action}", [$"{team.Planned:N}"]), ("{question}", [.. team.Questions]),
            ("{instrument}/{version}", [$"{host.Instrument.Id}/{host.Instrument.Version}"]),
            ("/assessments/{reference}", [.. references.Select(r => $"{r:N}")]), ("/team/{respondent}", [.. team.Respondents.Select(r => $"{r:N}")]),
            ("/agreement/{areaKey}/{theme}/{key}", [.. team.Questions.Select(q => q.Replace('.', '/'))]), ("/questions/{areaKey}/{theme}/{key}", [.. team.Questions.Select(q => q.Replace('.', '/'))]), ("/programmes/{reference}", [$"{team.Programme:N}"]), ("/organisations/{reference}", [$"{team.Organisation:N}"]),
            ("/comparisons/{reference}", [$"{team.Round:N}"]), ("/trends/{reference}", [$"{team.Programme:N}"]), ("/rounds/{reference}", [$"{team.Round:N}"]), ("/workshops/{reference}", [$"{team.Part:N}"]), ("{code?}", [""]), ("{number:int}", ["1"]), ("{code:int}", ["404"]), ("{secret?}", [""]), ("{secret:length(32)}", [new('s', 32)]), ("{secret}", [new('s', 32)]),
            ("/facilitators/{person}", [$"{team.Lead:N}"]), ("/people/{person}", [$"{team.People[0]:N}"]), ("/partners/{organisation}", [$"{team.Organisation:N}"]), ("{organisation}", [$"{team.Organisation:N}"]), ("{item}", [$"{team.Planned:N}"]), ("{partner}", [$"{team.Programme:N}"]), ("{bundle}", [$"{team.Programme:N}"]), ("{upload}", [$"{team.Programme:N}"]), ("{stage}", ["explore"]), ("{area}", [team.Questions[0].Split('.')[0]]), ("{reference}", [$"{team.Part:N}"]),
        ];
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, token) in (await Doors.OfAsync(host)).SelectMany(d => d.Paths(places)).SelectMany(p => p.StartsWith(Links.ApiRoot, StringComparison.Ordinal) ? tokens.Select(t => (p, (string?)t)) : [(p, null)]).Where(p => p.p != "/error" && !p.p.EndsWith("/trail", StringComparison.Ordinal) && !p.p.EndsWith("/close", StringComparison.Ordinal)))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (token is not null) request.Headers.Authorization = new("Bearer", token);
            using var response = await visitor.SendAsync(request);
            var isOfOffice = response.Content.Headers.ContentType?.MediaType?.StartsWith("application/vnd.openxmlformats", StringComparison.Ordinal) == true;
            var body = isOfOffice ? OfficeFile.Unsigned(await response.Content.ReadAsByteArrayAsync()) : await response.Content.ReadAsStringAsync();
            if (path.EndsWith("/everything.json", StringComparison.Ordinal) && (int)response.StatusCode == 200)
            {
                using var json = JsonDocument.Parse(body);
                body = json.RootElement.GetProperty("assessments").GetRawText();
            }
            seen[token is null ? path : $"{path} by token {Array.IndexOf(tokens, token)}"] = $"{(int)response.StatusCode} {Anew().Replace(body, "")}";
        }
        return seen;
    }

    /// <summary>A token that has been used, so that its page says the same from now on.</summary>
    private static async Task<string> TokenAsync(RaspHost host, Guid person, Guid? organisation)
    {
        var token = (await host.AskAsync((TokenDesk d) => d.MakeAsync(person, organisation, new("A program", TokenScopes.Read, null, 90), null, default)))!;
        using var calls = new Calls(host, token);
        (await calls.GetAsync("programmes")).Is(200);
        return token;
    }

    private static string Words(string body) => Anew().Replace(body, "");

    [GeneratedRegex("""(?<=RequestVerificationToken" type="hidden" value=")[^"]+|(?<=name="PageId" value=")[^"]+""")]
    private static partial Regex Anew();
}
