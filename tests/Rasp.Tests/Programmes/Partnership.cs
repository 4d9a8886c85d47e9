using AngleSharp.Html.Dom;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Sharing;
using Rasp.Tests.Accounts;

namespace Rasp.Tests.Programmes;

/// <summary>Councils in a programme, each with a lead at a browser of its own; everything goes through the pages.</summary>
public sealed partial class Partnership
{
    public const string Name = "Shared legal service";

    private readonly Dictionary<string, Visitor> leads = [];

    private readonly MailServer? mail;

    private Partnership(RaspHost host, MailServer? mail) => (Host, this.mail) = (host, mail);

    public RaspHost Host { get; }

    /// <summary>The programme's page.</summary>
    public string Path { get; private set; } = "";

    public IReadOnlyList<string> Councils => [.. leads.Keys];

    /// <summary>The lead of a council.</summary>
    public Visitor this[string council] => leads[council];

    /// <summary>Starts a programme as the first of these councils, and has the others invited and accept.</summary>
    public static Task<Partnership> StartAsync(RaspHost host, params string[] councils) => StartAsync(host, null, councils);

    /// <summary>As above, where mails bring the invitations.</summary>
    public static async Task<Partnership> StartAsync(RaspHost host, MailServer? mail, params string[] councils)
    {
        var partnership = new Partnership(host, mail);
        var first = host.NewVisitor();
        await first.SignInAsync(host, Email(councils[0]));
        var board = await first.SubmitAsync(
            await first.GetAsync(Links.NewProgramme), "Start the programme",
            ("OrganisationsName", councils[0]), ("Form.Name", Name), ("Form.What", "Litigation & advice"), ("Form.Stage", "explore"));
        Assert.Equal(Name, board.Heading);
        partnership.Path = board.Path;
        partnership.leads.Add(councils[0], first);
        foreach (var council in councils[1..]) await partnership.JoinAsync(council);
        return partnership;
    }

    public static string Email(string council) => $"{council.Split(' ')[0].ToLowerInvariant()}@example.gov.uk";

    /// <summary>Invites a council, and has its lead accept.</summary>
    public async Task JoinAsync(string council)
    {
        var lead = Host.NewVisitor();
        await lead.SignInAsync(Host, Email(council));
        var board = await lead.SubmitAsync(await lead.GetAsync(await InviteAsync(council)), "Accept");
        Assert.Equal(Path, board.Path);
        leads.Add(council, lead);
    }

    /// <summary>The link of an invitation of a council: in a mail, or on the page where no mail can be sent.</summary>
    public async Task<string> InviteAsync(string council)
    {
        var inviting = leads.Values.First();
        return await LinkAsync(await inviting.SubmitAsync(await inviting.GetAsync(Path + "/invite"), "Invite", ("Organisation", council), ("Email", Email(council))), Email(council));
    }

    /// <summary>Has a facilitator join.</summary>
    public async Task<Visitor> FacilitateAsync(string email = "adviser@example.org")
    {
        var inviting = leads.Values.First();
        var link = await LinkAsync(await inviting.SubmitAsync(await inviting.GetAsync(Path + "/invite?as=facilitator"), "Invite", ("Email", email)), email);
        var facilitator = Host.NewVisitor();
        await facilitator.SignInAsync(Host, email);
        Assert.Equal(Path, (await facilitator.SubmitAsync(await facilitator.GetAsync(link), "Accept")).Path);
        return facilitator;
    }

    /// <summary>Invites a second lead of a council, and has them accept.</summary>
    public async Task<Visitor> ColleagueAsync(string council, string email)
    {
        var lead = leads[council];
        var organisation = (await lead.GetAsync(Links.Account)).Link(council);
        var link = await LinkAsync(await lead.SubmitAsync(await lead.GetAsync(organisation + "/invite"), "Invite", ("Email", email)), email);
        var colleague = Host.NewVisitor();
        await colleague.SignInAsync(Host, email);
        Assert.Equal(organisation, (await colleague.SubmitAsync(await colleague.GetAsync(link), "Accept")).Path);
        return colleague;
    }

    /// <summary>Has a council's lead invite somebody to answer everything, who accepts without having set anything up.</summary>
    public async Task<Visitor> AskAsync(string council, string email, string role = "finance")
    {
        var colleague = Host.NewVisitor();
        Assert.Equal(await PartAsync(council), (await colleague.SubmitAsync(await colleague.GetAsync(await InviteToTeamAsync(council, email, role)), "Accept")).Path);
        return colleague;
    }

    /// <summary>The link with which somebody is invited to answer.</summary>
    public async Task<string> InviteToTeamAsync(string council, string email, string role = "finance", params (string Field, string? Value)[] scope)
    {
        var page = await leads[council].GetAsync(Links.TeamInviteAs((await PartAsync(council)).Split('/')[^1], role));
        return await LinkAsync(await leads[council].SubmitAsync(page, "Invite", [("Email", email), .. scope.Length > 0 ? scope : [("Scope.What", "all")]]), email);
    }

    /// <summary>Chooses who sees who answered what.</summary>
    public async Task StartTeamAsync(string council, string attribution, string role = "programme-manager")
    {
        var page = await leads[council].GetAsync(Links.TeamStart((await PartAsync(council)).Split('/')[^1]));
        Assert.Equal("Who answers", (await leads[council].SubmitAsync(page, "Choose this for good", ("Attribution", attribution), ("Role", role), ("IsSure", "true"))).Heading);
    }

    public async Task OpenRoundAsync()
    {
        var lead = leads.Values.First();
        var board = await lead.SubmitAsync(await lead.GetAsync(Path + "/round"), "Open the round");
        Assert.Contains("is open", board.Words, StringComparison.Ordinal);
    }

    /// <summary>The address of a council's part in the open round, or in the last.</summary>
    public async Task<string> PartAsync(string council)
    {
        var board = await leads[council].GetAsync(Path);
        var link = board.Document.QuerySelectorAll("a[href^='/assessments/']").OfType<IHtmlAnchorElement>().First().GetAttribute("href")!;
        return string.Join('/', link.Split('/').Take(3));
    }

    /// <summary>Answers questions of a council's part.</summary>
    public async Task AnswerAsync(string council, Func<Question, int, (string Answer, string? Stance, string? Note)?> answer, int? most = null)
    {
        var part = await PartAsync(council);
        var questions = Host.Instrument.InScope("explore").Take(most ?? int.MaxValue).ToList();
        for (var i = 0; i < questions.Count; i++)
        {
            if (answer(questions[i], i) is not var (choice, stance, note)) continue;
            var page = await leads[council].GetAsync($"{part}/questions/{questions[i].Key.Replace('.', '/')}");
            // What was carried forward is confirmed by the same button under another name.
            await leads[council].SubmitAsync(page, page.Has("Confirm and continue") ? "Confirm and continue" : "Save and continue", ("Answer", choice), ("Stance", stance ?? ""), ("Note", note));
        }
    }

    /// <summary>Seals a council's part; the last also says that it knows what that does.</summary>
    public async Task<Visited> SealAsync(string council, Depth depth)
    {
        var page = await leads[council].GetAsync(await PartAsync(council) + "/sharing");
        var isLast = page.Document.QuerySelector("#KnowsItReveals") is not null;
        (string, string?)[] values = isLast ? [("Depth", depth.Word()), ("KnowsItReveals", "true")] : [("Depth", depth.Word())];
        return await leads[council].SubmitAsync(page, $"Seal the answers of {council}", values);
    }

    private async Task<string> LinkAsync(Visited page, string email)
    {
        if (mail is null) return new Uri(page.Document.QuerySelector("#link")?.GetAttribute("value") ?? throw new InvalidOperationException($"{page.Path} ({page.Status}) shows no link: {page.Words}")).PathAndQuery;
        Assert.Null(page.Document.QuerySelector("#link"));
        string? link = null;
        await Until.TrueAsync(() => Task.FromResult((link = InvitationIn(email)) is not null));
        return link!;
    }

    private string? InvitationIn(string email)
    {
        lock (mail!.Received)
        {
            return mail.Received.Where(m => m.To.ToString() == email).Select(m => Link().Match(m.TextBody ?? "")).Where(m => m.Success).Select(m => m.Value).LastOrDefault();
        }
    }

    [System.Text.RegularExpressions.GeneratedRegex("/invitations/[A-Za-z0-9_-]+")]
    private static partial System.Text.RegularExpressions.Regex Link();
}
