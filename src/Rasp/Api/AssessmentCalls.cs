using Rasp.Assessments;
using Rasp.Data;
using Rasp.Data.Programmes;
using Rasp.Data.Teams;
using Rasp.Data.Tokens;
using Rasp.Forms;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Scoring;

namespace Rasp.Api;

/// <summary>Assessments that are one's own: what they come to, and what is entered.</summary>
internal static class AssessmentCalls
{
    public const string Tag = "Assessments";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapMethods("/assessments", ApiRoutes.Reading, async (HttpContext context, AssessmentDoor door, AssessmentDesk desk, TeamBoard teams, ProgrammeDesk programmes, ProgrammeBoard board) =>
            Paging.Of(context, await OwnAsync(context, door, desk, teams, programmes, board), a => $"{a.StartedAt.UtcTicks:D19}{a.Id}", items => new AssessmentList(items)))
            .Reads<AssessmentList>(Tag, "Assessments", "Your organisations' parts of rounds, and what you keep in confidence in your account or answer for others.").Paged();

        api.MapMethods("/assessments/{assessment}", ApiRoutes.Reading, async (HttpContext context, AssessmentDoor door, string assessment) =>
            await door.OpenAsync(context, assessment) is { } open ? Documents.Of(context, Of(open)) : Problems.NotFound)
            .Reads<AssessmentShape>(Tag, "An assessment", "Whose it is, what is asked, and how far it is.");

        api.MapMethods("/assessments/{assessment}/results", ApiRoutes.Reading, async (HttpContext context, AssessmentDoor door, string assessment) =>
            await door.OpenAsync(context, assessment) is { } open ? Documents.Of(context, to => ResultsJson.Write(to, ResultSet.Of([open.Seen.Result]))) : Problems.NotFound)
            .Reads<ResultsShape>(Tag, "An assessment's results", "What the answers come to: the same document as on its page.");

        api.MapMethods("/assessments/{assessment}/answers", ApiRoutes.Reading, async (HttpContext context, AssessmentDoor door, string assessment) =>
            await door.OpenAsync(context, assessment) is not { } open ? Problems.NotFound
            : IsSomebodysOwn(context, open.Seen.Facts) ? OneAnswersForThemselves
            : Documents.Of(context, new AnswerList([.. open.Order.Questions.Select(q => Of(q.Key, open.Seen.EnteredFor(q)))])))
            .Reads<AnswerList>(Tag, "What is entered", "What you entered, question by question. What colleagues answered, and what was agreed, stands in the results.");

        api.MapMethods("/assessments/{assessment}/answers/{question}", ApiRoutes.Reading, async (HttpContext context, AssessmentDoor door, string assessment, string question) =>
            await door.OpenQuestionAsync(context, assessment, question) is not { } open ? Problems.NotFound
            : IsSomebodysOwn(context, open.Seen.Facts) ? OneAnswersForThemselves
            : Documents.Versioned(context, Of(question, open.Seen.Answer), open.Seen.Version))
            .Reads<AnswerShape>(Tag, "An answer", "What you entered for one question. Its ETag is what a change must name.");

        api.MapPost("/assessments", StartAsync).RequireRateLimiting(RateLimits.Start).Needs(TokenScopes.Answer).Accepts<NewAssessment>(Documents.Json).Produces<AssessmentShape>(StatusCodes.Status201Created)
            .WithTags(Tag).WithSummary("Start an assessment").WithDescription("Starts an assessment in confidence in your account. An organisation's part of a round is there as soon as the round opens.");

        api.MapPut("/assessments/{assessment}/answers/{question}", SaveAsync).Needs(TokenScopes.Answer).Accepts<NewAnswer>(Documents.Json).Produces<AnswerShape>()
            .WithTags(Tag).WithSummary("Save an answer").WithDescription("Stores what you answer to one question, in place of what is there. If-Match names the ETag that you have read; \"0\" where nothing was there.");
    }

    /// <summary>Of what an organisation's token may not tell the others who lead it.</summary>
    private static IResult OneAnswersForThemselves =>
        Problems.Of(StatusCodes.Status403Forbidden, "Answered by several people", "Several people answer here, each for themselves. An organisation's token neither reads nor saves what one of them enters: that takes a token of their own. The results are there.");

    private static bool IsSomebodysOwn(HttpContext context, AssessmentFacts facts) => context.Caller().Organisation is not null && facts.Attribution is not null;

    private static async Task<List<AssessmentItem>> OwnAsync(HttpContext context, AssessmentDoor door, AssessmentDesk desk, TeamBoard teams, ProgrammeDesk programmes, ProgrammeBoard board)
    {
        var (viewer, cancellation, own) = (context.Caller(), context.RequestAborted, new List<AssessmentItem>());
        if (!viewer.IsNarrowed)
        {
            own.AddRange((await desk.OfAsync(viewer.Person, cancellation)).Select(a => new AssessmentItem(Id(a.Id), a.Organisation, a.StartedAt, null, null)));
            foreach (var asked in (await teams.AskedOfAsync(viewer.Person, cancellation)).Where(a => a.Programme is null))
            {
                if (await door.OpenAsync(context, Id(asked.Assessment)) is { } open) own.Add(new(Id(asked.Assessment), open.Seen.Facts.Organisation, open.Seen.Facts.StartedAt, null, null));
            }
        }
        foreach (var programme in await programmes.OfAsync(viewer, cancellation))
        {
            if (await board.FindAsync(programme.Id, viewer, cancellation) is not { } found) continue;
            foreach (var (round, part) in found.Rounds.Concat(found.Joinings).SelectMany(r => r.Parts, (r, p) => (r, p)).Where(p => p.p.Own is { IsOpenToMe: true }))
            {
                foreach (var id in new[] { part.Own!.Assessment, part.Own.AmLead ? part.Own.Correction : null }.OfType<Guid>()) own.Add(new(Id(id), part.Name, round.OpenedAt, Id(programme.Id), Id(round.Id)));
            }
        }
        return own;
    }

    private static async Task<IResult> StartAsync(HttpContext context, AssessmentDesk desk, AssessmentDoor door, InstrumentLibrary instruments)
    {
        if (context.Caller().IsNarrowed) return Problems.Of(StatusCodes.Status403Forbidden, "The token may not do this", "An assessment in confidence belongs to a person. It takes a token of your own, for all programmes.");
        var (wanted, fault) = await Bodies.ReadAsync<NewAssessment>(context);
        if (wanted is null) return fault!;
        var (organisation, instrument, faults) = (Typed.CleanLine(wanted.Organisation), instruments.Current, new List<(string, string)>());
        if (organisation?.Length > Assessment.OrganisationMaxLength) faults.Add(("organisation", $"At most {Assessment.OrganisationMaxLength} characters; it has {organisation.Length}."));
        if (instrument.Stages.All(s => s.Key != wanted.Stage)) faults.Add(("stage", $"One of {string.Join(", ", instrument.Stages.Select(s => s.Key))}."));
        if (instrument.Roles.All(r => r.Key != wanted.Role)) faults.Add(("role", $"One of {string.Join(", ", instrument.Roles.Select(r => r.Key))}."));
        if (faults.Count > 0) return Problems.Invalid(faults);
        var id = await desk.StartInAccountAsync(organisation, wanted.Stage!, wanted.Role!, context.Caller().Person, context.RequestAborted);
        context.Response.Headers.Location = Links.ApiAssessment(Id(id));
        return Documents.Made(context, Of((await door.OpenAsync(context, Id(id)))!));
    }

    private static IResult Closed => Problems.Of(StatusCodes.Status409Conflict, "Closed", "It is sealed, or its round was revealed: answers can't be changed now.");

    private static async Task<IResult> SaveAsync(HttpContext context, AssessmentDoor door, Answering answering, TimeProvider clock, string assessment, string question)
    {
        if (await door.OpenQuestionAsync(context, assessment, question) is not { } open || AssessmentDoor.Key(context, assessment) is not var (_, holder)) return Problems.NotFound;
        if (IsSomebodysOwn(context, open.Seen.Facts)) return OneAnswersForThemselves;
        if (open.IsReadOnly) return Closed;
        if (open.IsNobodys) return Problems.Of(StatusCodes.Status409Conflict, "You answer nothing here", "You lead this assessment, and others answer. To answer yourself, add yourself to those who do, on its page.");
        if (open.IsToBegin) return Problems.Of(StatusCodes.Status409Conflict, "Read first who sees what", "Before your first answer, open the assessment's page, and read who will see what you answer.");
        if (Documents.ReadVersion(context, out var version) is { } unseen) return unseen;
        var (wanted, fault) = await Bodies.ReadAsync<NewAnswer>(context);
        if (wanted is null) return fault!;
        if (Read(wanted, open, out var faults) is not { } entered) return Problems.Invalid(faults);
        if (entered == StoredAnswer.Nothing && open.Seen.Version == 0 && version == 0) return Documents.Versioned(context, Of(question, entered), 0);

        var (facts, now) = (open.Seen.Facts, clock.GetUtcNow());
        var outcome = await answering.SaveAsync(new(facts.Answering!.Id, holder, facts.Stage, open.Place.Question.Key, entered, version, Guid.NewGuid(), 1, now, now - facts.LastUsedAt >= TimeSpan.FromDays(1)));
        return outcome switch
        {
            SaveOutcome.Saved saved => Documents.Versioned(context, Of(question, entered), saved.Version),
            SaveOutcome.Stale stale => Documents.Stale(context, stale.Version),
            _ => await door.OpenQuestionAsync(context, assessment, question) is { IsReadOnly: true } ? Closed : Problems.NotFound,
        };
    }

    /// <summary>What is to be stored; null, and each fault told, where it can't be.</summary>
    private static StoredAnswer? Read(NewAnswer wanted, OpenQuestion open, out List<(string, string)> faults)
    {
        faults = [];
        var levels = open.Seen.Instrument.Levels.Count;
        var choice = wanted.Answer is { } answer ? Choice.Parse(answer.Text, levels) : null;
        if (wanted.Answer is not null && choice is null) faults.Add(("answer", $"A level from 1 to {levels}, \"dk\", \"na\" or null."));
        var stance = wanted.Stance is { } word ? Stances.Parse(word) : null;
        if (wanted.Stance is not null && stance is null) faults.Add(("stance", "fixed, negotiable, open or null."));
        var (note, evidence) = (Typed.Clean(wanted.Note), Typed.Clean(wanted.Evidence));
        foreach (var (name, text) in new[] { ("note", note), ("evidence", evidence) })
        {
            if (text?.Length > StoredAnswer.TextMaxLength) faults.Add((name, $"At most {StoredAnswer.TextMaxLength} characters; it has {text.Length}."));
        }
        return faults.Count == 0 ? new(choice, stance, note, evidence) : null;
    }

    private static AssessmentShape Of(OpenAssessment open)
    {
        var facts = open.Seen.Facts;
        return new(
            open.Reference, facts.Organisation, new(open.Seen.Instrument.Id, open.Seen.Instrument.Version), facts.Stage, facts.StartedAt, facts.Round is { } round ? Id(round) : null, facts.Version, !open.IsReadOnly, open.IsLed,
            facts.Attribution is { } attribution ? Word(attribution) : null, open.Order.Questions.Count, open.Answered);
    }

    private static AnswerShape Of(string question, StoredAnswer answer) => new(question, AnswerValue.Of(answer.Choice), answer.Stance?.Word(), answer.Note, answer.Evidence);

    private static string Word(Attribution attribution) => attribution switch
    {
        Attribution.Named => "named",
        Attribution.Anonymous => "anonymous",
    };

    private static string Id(Guid id) => id.ToString("N");
}
