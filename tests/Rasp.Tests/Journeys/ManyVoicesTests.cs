using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Rasp.Tests.Accounts;
using Rasp.Tests.Programmes;
using Rasp.Tests.Teams;
using static Microsoft.Playwright.Assertions;

namespace Rasp.Tests.Browsing;

/// <summary>Six people of one council at six browsers, from the choice of anonymous answers to one that they agree on in a workshop.</summary>
public sealed partial class ManyVoicesTests : BrowserTest
{
    private static readonly ViewportSize Phone = new() { Width = 375, Height = 740 };

    // What each answers to the first three questions: the first divides them, the other two do not.
    private static readonly int[][] Answers = [[1, 3, 3], [1, 3, 3], [3, 3, 3], [5, 3, 3], [5, 3, 4]];
    private static readonly int[] Votes = [2, 2, 3, 4, 4];

    private RaspHost host = null!;

    /// <summary>Protects the promise to those who answer: whatever they work Rasp with, they come in by a link alone, and what the room sees is what all of them said, never what one did.</summary>
    [Fact]
    public async Task Five_answer_unseen_vote_unseen_and_settle_with_their_lead_on_one_answer()
    {
        await using var mail = new MailServer();
        host = await ServeAsync(s => s with { Smtp = mail.Url, MailFrom = "rasp@example.gov.uk" });
        var two = await Partnership.StartAsync(host, mail, Asked.Alder, Asked.Brook);
        await two.OpenRoundAsync();
        var part = await two.PartAsync(Asked.Alder);
        var reference = part.Split('/')[^1];
        var questions = host.Instrument.InScope("explore").Take(4).ToList();
        var lead = await ArriveAsync(new());
        await lead.GotoAsync(Links.SignInLink((await host.OfferSignInAsync(Partnership.Email(Asked.Alder))).LinkSecret));
        await PressAsync(lead, "Sign in");
        await Expect(Heading(lead)).ToHaveTextAsync("Your account");
        await lead.GotoAsync(Links.TeamStart(reference));
        await lead.Locator("#Attribution-anonymous").CheckAsync();
        await lead.GetByLabel("From which role do you answer yourself?").SelectOptionAsync("none");
        await lead.GetByLabel("I know that this can’t be changed later").CheckAsync();
        await PressAsync(lead, "Choose this for good");
        await Expect(Heading(lead)).ToHaveTextAsync("Who answers");

        // One has no JavaScript, one no mouse; all but that one sit at a phone.
        var people = new List<(string Email, string Note, IPage Page, Hands Hands)>();
        for (var i = 0; i < Answers.Length; i++)
        {
            var page = await ArriveAsync(i == 1 ? new() : new() { JavaScriptEnabled = i != 0, ViewportSize = Phone });
            people.Add(($"voice{i}@example.gov.uk", $"Seen from chair {i}", page, i == 1 ? new Keyboard(page) : new Mouse(page)));
        }
        var plain = people[0].Page;
        foreach (var (email, _, _, _) in people)
        {
            await lead.GotoAsync(Links.TeamInviteAs(reference, "finance"));
            await lead.GetByLabel("E-mail address").FillAsync(email);
            await lead.GetByRole(AriaRole.Radio, new() { Name = "Everything" }).CheckAsync();
            await PressAsync(lead, "Invite");
            await Expect(lead.GetByText(email).First).ToBeVisibleAsync();
        }
        for (var i = 0; i < people.Count; i++)
        {
            var (email, note, page, hands) = people[i];
            var link = Invitation().Match((await mail.MailAsync(email, "")).TextBody!).Value;
            await page.GotoAsync(link);
            await hands.PressButtonAsync("Accept");
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Who sees what you answer: answers are anonymous" })).ToBeVisibleAsync();
            if (i == 2) await LookAsync(page);
            await hands.PressButtonAsync("I have read this: begin");
            await hands.PressButtonAsync("Begin with the first question");
            for (var q = 0; q < 3; q++)
            {
                await Expect(Heading(page)).ToHaveTextAsync(questions[q].Text);
                await hands.ChooseAsync(page.GetByRole(AriaRole.Radio, new() { Name = questions[q].Levels[Answers[i][q] - 1] }));
                if (q == 0) await hands.TypeAsync(page.GetByLabel("Note (optional)"), note);
                await hands.PressButtonAsync("Save and continue");
            }
            await Expect(Heading(page)).ToHaveTextAsync(questions[3].Text);
            await hands.PressLinkAsync("Overview of all questions");
            await Expect(page.GetByText("You have answered 3 of")).ToBeVisibleAsync();
            await hands.PressButtonAsync("I am done");
            await Expect(page.GetByText("You are done, since")).ToBeVisibleAsync();
            if (i == 2) await LookAsync(page);
        }
        // A link lets in once.
        var another = await NewPersonAsync(host, new());
        another.Expect(404);
        var stranger = await another.NewPageAsync();
        await stranger.GotoAsync(Invitation().Match((await mail.MailAsync(people[0].Email, "")).TextBody!).Value);
        await Expect(Heading(stranger)).ToHaveTextAsync("Accepted already");

        await lead.GotoAsync(Links.Agreement(reference));
        await Expect(lead.GetByText("They have not been opened yet")).ToBeVisibleAsync();
        await PressAsync(lead, "Open the answers");
        await Expect(lead.GetByText("Opened: you see the answers to 3 questions, 3 of them new.")).ToBeVisibleAsync();
        var talk = lead.GetByRole(AriaRole.Region, new() { Name = "Talk about these first" }).Locator(".rasp-settling__item");
        await Expect(talk).ToHaveCountAsync(1);
        await Expect(talk).ToContainTextAsync("You are of two minds");
        await ExpectNobodyAsync();
        await LookAsync(lead);
        await talk.GetByRole(AriaRole.Link, new() { Name = questions[0].Text }).ClickAsync();
        await Expect(Heading(lead)).ToHaveTextAsync(questions[0].Text);
        await Expect(lead.GetByText("5 answers")).ToBeVisibleAsync();
        await ExpectNobodyAsync();
        await LookAsync(lead);
        await lead.GotoAsync(Links.Sides(reference));
        await ExpectNobodyAsync();
        await LookAsync(lead);

        await lead.GotoAsync(Links.AssessmentWorkshop(reference));
        await PressAsync(lead, "Open a workshop");
        var code = (await lead.Locator(".rasp-run__code").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        foreach (var (_, _, page, hands) in people)
        {
            await page.GotoAsync(Links.Join);
            await hands.TypeAsync(page.GetByLabel("The code"), code);
            await hands.PressButtonAsync("Go on");
            await hands.PressButtonAsync("Join");
            await Expect(Heading(page)).ToHaveTextAsync("You are in");
        }
        await PressAsync(lead, "Begin with the first question");
        await Expect(Heading(lead)).ToHaveTextAsync(questions[0].Text);
        await PressAsync(lead, "Open the vote");
        await plain.GetByRole(AriaRole.Link, new() { Name = "Look again" }).ClickAsync();
        for (var i = 0; i < people.Count; i++)
        {
            await people[i].Hands.PressAsync(people[i].Page.Locator($"#vote-{Votes[i]}"));
            await Expect(people[i].Page.GetByText($"Your vote is in: level {Votes[i]}.")).ToBeVisibleAsync();
        }
        // How many have voted is told twice a second at most, by the test's clock.
        await Until.TrueAsync(async () =>
        {
            host.Clock.Advance(TimeSpan.FromMilliseconds(10));
            return await lead.GetByText("5 of 5 have voted").CountAsync() > 0;
        });
        await plain.GetByRole(AriaRole.Link, new() { Name = "Look again" }).ClickAsync();
        foreach (var page in people.Select(p => p.Page).Append(lead)) await Expect(page.Locator(".rasp-spread, .rasp-spread__said")).ToHaveCountAsync(0);
        foreach (var (_, _, page, _) in people)
        {
            await Expect(page.Locator(".rasp-ballot__choice[aria-pressed=true]")).ToHaveCountAsync(1);
            await Expect(page.Locator("#live")).Not.ToContainTextAsync(new Regex(@"have voted|\bvotes\b"));
        }

        await PressAsync(lead, "Reveal the votes");
        foreach (var page in people.Skip(1).Select(p => p.Page).Append(lead)) await Expect(page.Locator(".rasp-spread__said")).ToHaveTextAsync("5 votes: levels 2 to 4.");
        await plain.ReloadAsync();
        await Expect(plain.Locator(".rasp-spread__said")).ToHaveTextAsync("5 votes: levels 2 to 4.");
        await lead.GetByRole(AriaRole.Radio, new() { Name = "3", Exact = true }).CheckAsync();
        await PressAsync(lead, "Record it");
        foreach (var page in people.Skip(1).Select(p => p.Page)) await Expect(page.Locator(".rasp-agreed")).ToContainTextAsync("Agreed: level 3.");

        await lead.GotoAsync(Links.Agreement(reference));
        await Expect(lead.GetByText("Agreed in a workshop")).ToHaveCountAsync(1);
        await Expect(lead.GetByText(new Regex("^1 of [0-9]+ questions agreed"))).ToBeVisibleAsync();
        await lead.GotoAsync(Links.Results(reference));
        await Expect(lead.GetByText("anonymously; 1 answer agreed")).ToBeVisibleAsync();
        await ExpectNobodyAsync();

        async Task ExpectNobodyAsync()
        {
            var content = await lead.ContentAsync();
            foreach (var (email, note, _, _) in people) Assert.DoesNotMatch($"{Regex.Escape(email)}|{note}", content);
        }
    }

    private static ILocator Heading(IPage page) => page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    private static Task PressAsync(IPage page, string button) => new Mouse(page).PressButtonAsync(button);

    private static Task LookAsync(IPage page) => LookedAt.AssertSoundAsync(page);

    private async Task<IPage> ArriveAsync(BrowserNewContextOptions options) => await (await NewPersonAsync(host, options)).NewPageAsync();

    [GeneratedRegex("/invitations/[A-Za-z0-9_-]+")]
    private static partial Regex Invitation();
}
