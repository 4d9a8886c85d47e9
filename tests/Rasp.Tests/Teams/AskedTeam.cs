using Rasp.Data;
using Rasp.Data.Plans;
using Rasp.Data.Programmes;
using Rasp.Data.Teams;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Plans;
using Rasp.Tests.Programmes;

namespace Rasp.Tests.Teams;

/// <summary>A council in an open round whose lead has asked people to answer, made through the desks that the pages use.</summary>
/// <param name="Part">The council's part of the round.</param>
/// <param name="Lead">Who leads it.</param>
/// <param name="Organisation">The council.</param>
/// <param name="Programme">Its programme.</param>
/// <param name="Round">The open round.</param>
/// <param name="Questions">Those that are answered.</param>
/// <param name="People">Who was asked.</param>
/// <param name="Respondents">As whom they answer.</param>
internal sealed record AskedTeam(Guid Part, Guid Lead, Guid Organisation, Guid Programme, Guid Round, List<string> Questions, List<Guid> People, List<Guid> Respondents)
{
    public const string Note = "A word of";

    /// <summary>An action in the council's own plan, about the first of the questions; nobody's before <see cref="PlanAsync"/>.</summary>
    public Guid Planned { get; private init; }

    /// <summary>Has the lead plan something about what was answered.</summary>
    public async Task<AskedTeam> PlanAsync(RaspHost host, string word)
    {
        var draft = new Draft(host.Instrument.Find(Questions[0])!, word, word, 3);
        return this with { Planned = (await host.AskAsync((PlanDesk d) => d.AddAsync(new(Part, IsJoint: false), new(null, Lead), draft, null, default)))!.Value.Action };
    }

    /// <summary>A council whose lead has asked so many people, who have answered two questions each, at levels 1 to 5 in turn.</summary>
    public static async Task<AskedTeam> StartAsync(RaspHost host, Attribution attribution, int people)
    {
        var consortium = await Consortium.WithRoundAsync(host, "Powys", "Torfaen");
        var (powys, part) = (consortium[0], (await consortium.OwnAsync(consortium[0])).Assessment);
        var questions = host.Instrument.InScope("explore").Take(2).Select(q => q.Key).ToList();
        // In an anonymous team the lead's own answers would be the lead's to see.
        if (attribution == Attribution.Named) await AnswerAsync(host, part, powys.Lead, questions[0], 4, "lead");
        Assert.Equal(TeamOutcome.Done, await host.AskAsync((TeamDesk d) => d.StartAsync(part, powys.Lead, attribution, attribution == Attribution.Named ? "finance" : null, default)));
        var (persons, respondents) = (new List<Guid>(), new List<Guid>());
        for (var i = 0; i < people; i++)
        {
            var (email, person) = ($"p{i}@powys.gov.uk", await host.PersonAsync($"p{i}@powys.gov.uk"));
            var secret = (await host.AskAsync((InvitationDesk d) => d.InviteToTeamAsync(part, powys.Lead, email, "finance", null, null, default)))!.Value.Secret;
            Assert.Equal(AcceptOutcome.Done, await host.AskAsync((InvitationDesk d) => d.AcceptAsync(secret, person, null, null, default)));
            Assert.True(await host.AskAsync((TeamDesk d) => d.BeginAsync(part, person, default)));
            foreach (var question in questions) await AnswerAsync(host, part, person, question, 1 + (i % 5), $"p{i}");
            persons.Add(person);
            host.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        var view = (await host.AskAsync((TeamBoard b) => b.FindAsync(part, powys.Lead, default)))!;
        for (var i = 0; i < people; i++) respondents.Add(view.People.Single(p => p.Name == $"p{i}@powys.gov.uk").Id);
        return new(part, powys.Lead, powys.Id, consortium.Programme, consortium.Round, questions, persons, respondents);
    }

    /// <summary>Answers as a person, or as a lead for somebody on paper.</summary>
    public static async Task AnswerAsync(RaspHost host, Guid reference, Guid person, string question, int level, string word, Stance? stance = null)
    {
        var (services, holder) = (host.Services, new Holder(null, person));
        var seen = (await ((Seen)services.GetService(typeof(Seen))!).AnswerAsync(reference, holder, question))!;
        var answer = new StoredAnswer(Choice.OfLevel(level), stance, $"{Note} {word}", $"{Note} {word}");
        Assert.IsType<SaveOutcome.Saved>(await ((Answering)services.GetService(typeof(Answering))!).SaveAsync(
            new(seen.Facts.Answering!.Id, holder, seen.Facts.Stage, question, answer, seen.Version, Guid.NewGuid(), 1, host.Clock.GetUtcNow())));
    }
}
