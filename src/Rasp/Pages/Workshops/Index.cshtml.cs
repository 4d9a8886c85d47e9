using Microsoft.AspNetCore.Mvc;
using Rasp.Agreements;
using Rasp.Data;
using Rasp.Data.Agreements;
using Rasp.Data.Programmes;
using Rasp.Data.Trails;
using Rasp.Data.Workshops;

namespace Rasp.Pages.Workshops;

/// <summary>The view of whoever runs a workshop: the agenda, votes, the timer, what is agreed on, the door. To a partnership's other people, what was decided.</summary>
public sealed class IndexModel(WorkshopLens lens, WorkshopDesk desk, Voting voting, RoundLens rounds, ReadTrail trail, Settings settings, TimeProvider clock) : WorkshopPage(lens, clock)
{
    private const string Live = "_Running";

    /// <summary>How long the room can be given, in minutes.</summary>
    public static readonly IReadOnlyList<int> Minutes = [2, 5, 10];

    /// <summary>The version of the room that the page showed.</summary>
    [BindProperty]
    public int Version { get; set; }

    /// <summary>The question to go to, or that something is recorded for.</summary>
    [BindProperty]
    public string? Question { get; set; }

    /// <summary>0 stops the timer.</summary>
    [BindProperty]
    public int Time { get; set; }

    /// <summary>Whether nobody else is to join.</summary>
    [BindProperty]
    public bool Lock { get; set; }

    /// <summary>A level, dk or na.</summary>
    [BindProperty]
    public string? Answer { get; set; }

    [BindProperty]
    public string? Stance { get; set; }

    [BindProperty]
    public string? Note { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public string? Minority { get; set; }

    public Turnout Turnout { get; private set; } = new(0, 0);

    public IReadOnlyList<AgendaItem> Agenda { get; private set; } = [];

    public IReadOnlyList<PastBallot> Past { get; private set; } = [];

    public IReadOnlyList<SeenDecision> Decisions { get; private set; } = [];

    /// <summary>A facilitator's link that was just made: it is shown once.</summary>
    public string? FacilitatorLink { get; private set; }

    /// <summary>Whether whoever looks leads the assessment, and may give out facilitator's links.</summary>
    public bool IsLead() => Room.Assessment is not null && Person is not null && !(Room.Seat is not null && !Room.Votes);

    /// <summary>Where the agenda goes on: the first question that nothing is agreed on, other than this one.</summary>
    public AgendaItem? Next() => Agenda.FirstOrDefault(i => i.Kind != AgendaKind.Done && i.Question != Room.Question);

    public string JoinAddress() => $"{settings.Url.Authority}{settings.Url.AbsolutePath.TrimEnd('/')}{Links.Join}";

    public string JoinLink() => Links.Absolute(settings.Url, Links.JoinBy(Room.Code));

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation) || !(Room.Runs || Room.TakesPart)) return Closed();
        if (Part == "turnout" && Room.Runs)
        {
            Turnout = await Lens.TurnoutAsync(Room, cancellation);
            return Shown("_Turnout");
        }
        await FillAsync(cancellation);
        return Shown(Live);
    }

    public Task<IActionResult> OnPostChooseAsync(CancellationToken cancellation) => RunAsync(() => voting.ChooseAsync(Room, Who, Version, Question ?? "", cancellation), cancellation);

    public Task<IActionResult> OnPostOpenAsync(CancellationToken cancellation) => RunAsync(() => voting.OpenAsync(Room, Who, Version, cancellation), cancellation);

    public Task<IActionResult> OnPostRevealAsync(CancellationToken cancellation) => RunAsync(() => voting.RevealAsync(Room, Who, Version, cancellation), cancellation);

    public Task<IActionResult> OnPostTimerAsync(CancellationToken cancellation) =>
        RunAsync(() => voting.SetTimerAsync(Room, Who, Version, Minutes.Contains(Time) ? TimeSpan.FromMinutes(Time) : null, cancellation), cancellation);

    public Task<IActionResult> OnPostLockAsync(CancellationToken cancellation) => RunAsync(() => voting.LockAsync(Room, Who, Version, Lock, cancellation), cancellation);

    public Task<IActionResult> OnPostCloseAsync(CancellationToken cancellation) => RunAsync(() => voting.CloseAsync(Room, Who, cancellation), cancellation);

    public async Task<IActionResult> OnPostRecordAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation) || !Room.Runs) return Closed();
        if (Read() is not { } agreed) return await AgainAsync(cancellation);
        var outcome = Room.IsPartnership
            ? await voting.DecideAsync(Room, Who, Question ?? "", agreed.Choice, agreed.Note, cancellation)
            : await voting.RecordAsync(Room, Who, Question ?? "", agreed, cancellation);
        return await DoneAsync(outcome, cancellation);
    }

    public async Task<IActionResult> OnPostLinkAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation) || Person is not { } person || await desk.RenewFacilitatorLinkAsync(Room.Id, person, cancellation) is not { } secret) return Closed();
        await FindAsync(cancellation);
        FacilitatorLink = Links.Absolute(settings.Url, Links.WorkshopFacilitate(Room.Id, secret));
        await FillAsync(cancellation);
        return Page();
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation) || !Room.Runs) return NotFound();
        await FillAsync(cancellation);
        return Page();
    }

    private async Task<IActionResult> RunAsync(Func<Task<WorkshopOutcome>> act, CancellationToken cancellation) =>
        await FindAsync(cancellation) && Room.Runs ? await DoneAsync(await act(), cancellation) : Closed();

    private async Task<IActionResult> DoneAsync(WorkshopOutcome outcome, CancellationToken cancellation)
    {
        switch (outcome)
        {
            case WorkshopOutcome.Done:
                if (Part is null) return Redirect(Links.Workshop(Room.Id));
                ClearRecord();
                break;
            case WorkshopOutcome.Stale:
                ModelState.AddModelError("", "The workshop had gone on meanwhile: this is how it stands now");
                break;
            case WorkshopOutcome.Sealed:
                ModelState.AddModelError("", "Your organisation’s answers are sealed: nothing more can be recorded");
                break;
            case WorkshopOutcome.NotFound:
                return NotFound();
        }
        return await AgainAsync(cancellation);
    }

    private async Task<IActionResult> AgainAsync(CancellationToken cancellation)
    {
        if (!ModelState.IsValid) Response.StatusCode = StatusCodes.Status400BadRequest;
        if (!await FindAsync(cancellation)) return Closed();
        await FillAsync(cancellation);
        return Shown(Live);
    }

    private void ClearRecord()
    {
        (Answer, Stance, Note, Reason, Minority) = (null, null, null, null, null);
        ModelState.Clear();
    }

    private Agreed? Read()
    {
        if (Room.Instrument.InScope(Room.Stage).FirstOrDefault(q => q.Key == Question) is { } question)
        {
            var form = new AgreedForm { Answer = Answer, Stance = Stance, Note = Note, Reason = Reason, Minority = Minority };
            return form.Read(ModelState, Room.Instrument, question, prefix: "", Room.IsPartnership ? WorkshopDesk.DecisionMaxLength : StoredAnswer.TextMaxLength);
        }
        ModelState.AddModelError("", "Choose a question first");
        return null;
    }

    private async Task FillAsync(CancellationToken cancellation)
    {
        Past = await Lens.PastAsync(Room, cancellation);
        Decisions = await Lens.DecisionsAsync(Room, cancellation);
        if (!Room.Runs || !Room.IsOpen) return;
        Turnout = await Lens.TurnoutAsync(Room, cancellation);
        Agenda = Room.Round is null ? await Lens.AgendaAsync(Room, Person, cancellation) : await CommonAgendaAsync(Room.Round.Value, cancellation);
    }

    private async Task<IReadOnlyList<AgendaItem>> CommonAgendaAsync(Guid round, CancellationToken cancellation)
    {
        if (Person is not { } person || await rounds.CommonGroundAsync(round, person, cancellation) is not { } ground) return [];
        await trail.NoteAsync(TrailKind.ComparisonRead, ground.Reading, cancellation);
        return await Lens.AgendaAsync(Room, ground, cancellation);
    }
}
