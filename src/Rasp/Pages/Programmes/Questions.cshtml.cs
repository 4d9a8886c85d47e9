using Microsoft.AspNetCore.Mvc;
using Rasp.Data;
using Rasp.Data.Programmes;
using Rasp.Readiness.Instruments;

namespace Rasp.Pages.Programmes;

/// <summary>What the next round would ask that the last did not, question by question, for everybody in the programme.</summary>
public sealed class QuestionsModel(ProgrammeBoard board, InstrumentLibrary instruments) : ProgrammePage(board)
{
    public const string StageField = "stage";
    public const string VersionField = "version";

    public RoundView Before { get; private set; } = null!;

    public Instrument Asked { get; private set; } = null!;

    public Instrument Current => instruments.Current;

    /// <summary>What would be asked.</summary>
    public Instrument Next { get; private set; } = null!;

    public Named Stage { get; private set; } = null!;

    public InstrumentDiff Diff { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation) || Programme.LastRound is not { } before) return NotFound();
        Before = before;
        Asked = await instruments.GetAsync(before.InstrumentId, before.InstrumentVersion, cancellation);
        Next = Request.Query[VersionField] == Asked.Version ? Asked : Current;
        Stage = Next.Stages.FirstOrDefault(s => s.Key == Request.Query[StageField]) ?? Next.Stages.FirstOrDefault(s => s.Key == Programme.Stage) ?? Next.Stages[0];
        Diff = InstrumentDiff.Between(Asked, before.Stage, Next, Stage.Key);
        return Page();
    }

    public string LinkTo(Instrument instrument, Named stage) => $"{Links.ProgrammeQuestions(Programme.Id)}?{StageField}={Uri.EscapeDataString(stage.Key)}&{VersionField}={Uri.EscapeDataString(instrument.Version)}";
}
