using System.Text.Json;
using System.Text.Json.Serialization;
using Rasp.Readiness.Answers;

namespace Rasp.Api;

// What the API says and takes, as its description has it: results, comparisons, trends and fits stand in ResultShapes.

/// <summary>Programmes that the token reaches, by name.</summary>
public sealed record ProgrammeList(IReadOnlyList<ProgrammeItem> Programmes);

/// <summary>A programme in a list.</summary>
/// <param name="Id">Its id, as in the addresses of its pages.</param>
/// <param name="Name">What it is called.</param>
public sealed record ProgrammeItem(string Id, string Name);

/// <summary>A programme.</summary>
/// <param name="Id">Its id, as in the addresses of its pages.</param>
/// <param name="Name">What it is called.</param>
/// <param name="What">What is to be shared.</param>
/// <param name="Why">What for; null where nobody said.</param>
/// <param name="Stage">The key of its stage.</param>
/// <param name="Part">As what the token sees it: partner, candidate, facilitator, or former where its organisations have left.</param>
/// <param name="Partners">Who is in it, by name.</param>
public sealed record ProgrammeShape(string Id, string Name, string What, string? Why, string Stage, string Part, IReadOnlyList<OrganisationItem> Partners);

/// <summary>An organisation.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What it is called.</param>
public sealed record OrganisationItem(string Id, string Name);

/// <summary>A programme's rounds, the first to open first.</summary>
public sealed record RoundList(IReadOnlyList<RoundShape> Rounds);

/// <summary>A round: how far everybody has got.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Programme">The id of its programme.</param>
/// <param name="Number">Its number in the programme, or among a candidate's own.</param>
/// <param name="Name">What files call it.</param>
/// <param name="Joining">Whether it is a candidate's, to find out whether to join.</param>
/// <param name="Instrument">What is asked.</param>
/// <param name="Stage">The key of the stage at which it is asked.</param>
/// <param name="OpenedAt">In UTC.</param>
/// <param name="ClosesOn">The day by which all mean to have sealed. It closes nothing by itself.</param>
/// <param name="RevealedAt">When those who took part began to see each other; null before.</param>
/// <param name="Parts">One for each organisation, by name.</param>
public sealed record RoundShape(
    string Id, string Programme, int Number, string Name, bool Joining, InstrumentItem Instrument, string Stage, DateTimeOffset OpenedAt, DateOnly ClosesOn, DateTimeOffset? RevealedAt, IReadOnlyList<PartShape> Parts);

/// <summary>An organisation's part in a round: all that others learn before the reveal.</summary>
/// <param name="Organisation">Its id.</param>
/// <param name="Name">What it is called in this round.</param>
/// <param name="Progress">not-started, in-progress, sealed, sealed-not-sharing, shared, withdrawn, or left-out.</param>
/// <param name="SealedAt">When it was last sealed; null where it is open.</param>
/// <param name="Version">1, or more where it was corrected after the reveal.</param>
/// <param name="Own">What only its own people see; null for others.</param>
public sealed record PartShape(string Organisation, string Name, string Progress, DateTimeOffset? SealedAt, int Version, OwnPartShape? Own);

/// <summary>An organisation's part, to its own people.</summary>
/// <param name="Assessment">The id of the assessment.</param>
/// <param name="Lead">Whether the token sees what its leads see; else what its person answers there.</param>
/// <param name="Depth">What the organisation chose to show: nothing, areas, questions or everything; null while it has not, and for those who don't lead it.</param>
/// <param name="Correction">The id of a correction that is not released; null where there is none.</param>
public sealed record OwnPartShape(string Assessment, bool Lead, string? Depth, string? Correction);

/// <summary>Instruments that this installation has.</summary>
public sealed record InstrumentList(IReadOnlyList<InstrumentItem> Instruments);

/// <summary>One version of an instrument.</summary>
/// <param name="Id">Which instrument.</param>
/// <param name="Version">Which version. Once used, it never changes.</param>
public sealed record InstrumentItem(string Id, string Version);

/// <summary>An instrument: all that it asks.</summary>
public sealed record InstrumentShape(
    string Id, string Version, string Title, IReadOnlyList<string> Levels, IReadOnlyList<BandShape> Bands, ThresholdsShape Thresholds, IReadOnlyList<NamedShape> Roles, IReadOnlyList<NamedShape> Stages, IReadOnlyList<AreaShape> Areas);

/// <summary>What a score is called from a number on.</summary>
public sealed record BandShape(string Key, string Name, double From);

/// <summary>From where findings are made.</summary>
public sealed record ThresholdsShape(double WeakAtMost, double StrongAtLeast, double ProvisionalBelowCoverage, double SplitBelowConsensus, double DifferenceAtLeast);

/// <summary>Something with a key.</summary>
public sealed record NamedShape(string Key, string Name);

/// <summary>One of an instrument's headings.</summary>
public sealed record AreaShape(string Key, string Name, string? Summary, double Weight, IReadOnlyList<ThemeShape> Themes);

/// <summary>Questions that belong together.</summary>
public sealed record ThemeShape(string Key, string Name, IReadOnlyList<QuestionShape> Questions);

/// <summary>A question.</summary>
/// <param name="Key">Its key in full.</param>
/// <param name="Text">What is asked.</param>
/// <param name="Why">Why it matters; null where nothing is said.</param>
/// <param name="About">organisation or partnership.</param>
/// <param name="Stages">The stages at which it is asked; empty for all.</param>
/// <param name="Roles">To which roles it is suggested; empty for all.</param>
/// <param name="Weight">How much it counts.</param>
/// <param name="Gate">The level below which it is a show-stopper; null where it is none.</param>
/// <param name="Revision">Goes up when its meaning changes.</param>
/// <param name="Levels">What is true at each level, the lowest first.</param>
/// <param name="Evidence">What would prove it.</param>
public sealed record QuestionShape(
    string Key, string Text, string? Why, string About, IReadOnlyList<string> Stages, IReadOnlyList<string> Roles, double Weight, int? Gate, int Revision, IReadOnlyList<string> Levels, IReadOnlyList<string> Evidence);

/// <summary>Assessments that are the token's to open, the first to be started first.</summary>
public sealed record AssessmentList(IReadOnlyList<AssessmentItem> Assessments);

/// <summary>An assessment in a list.</summary>
/// <param name="Id">Its id, as in the addresses of its pages.</param>
/// <param name="Organisation">Whose; null where no name was given.</param>
/// <param name="StartedAt">In UTC.</param>
/// <param name="Programme">The id of its programme; null in confidence.</param>
/// <param name="Round">The id of its round; null in confidence.</param>
public sealed record AssessmentItem(string Id, string? Organisation, DateTimeOffset StartedAt, string? Programme, string? Round);

/// <summary>An assessment: an organisation's part of a round, or one in confidence.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Organisation">Whose; null where no name was given.</param>
/// <param name="Instrument">What is asked.</param>
/// <param name="Stage">The key of the stage at which it is asked.</param>
/// <param name="StartedAt">In UTC.</param>
/// <param name="Round">The id of its round; null in confidence.</param>
/// <param name="Version">1, or more for a correction after the reveal.</param>
/// <param name="Open">Whether answers can be saved: not while it is sealed, nor once it was revealed.</param>
/// <param name="Lead">Whether the token sees the whole; else what its person answers.</param>
/// <param name="Attribution">named or anonymous where several people answer; null where they answer as one.</param>
/// <param name="Asked">How many questions there are.</param>
/// <param name="Answered">To how many of these there is an answer that counts.</param>
public sealed record AssessmentShape(
    string Id, string? Organisation, InstrumentItem Instrument, string Stage, DateTimeOffset StartedAt, string? Round, int Version, bool Open, bool Lead, string? Attribution, int Asked, int Answered);

/// <summary>What to start.</summary>
/// <param name="Organisation">Whose assessment it is to be; may be left out.</param>
/// <param name="Stage">The key of a stage of the instrument that is used now.</param>
/// <param name="Role">The key of the role from which it is answered.</param>
public sealed record NewAssessment(string? Organisation, string? Stage, string? Role);

/// <summary>What the token's person entered, question by question, in the order in which they are asked.</summary>
public sealed record AnswerList(IReadOnlyList<AnswerShape> Answers);

/// <summary>What is entered for a question, finished or not.</summary>
/// <param name="Question">Its key in full.</param>
/// <param name="Answer">A level, dk (don't know), na (not applicable), or null where nothing is chosen.</param>
/// <param name="Stance">fixed, negotiable or open; null where nothing was said.</param>
/// <param name="Note">Null where there is none.</param>
/// <param name="Evidence">Null where there is none.</param>
public sealed record AnswerShape(string Question, AnswerValue? Answer, string? Stance, string? Note, string? Evidence);

/// <summary>What is to be stored for a question, in place of what is there.</summary>
/// <param name="Answer">A level, dk (don't know), na (not applicable), or null where nothing is chosen.</param>
/// <param name="Stance">fixed, negotiable or open; null where nothing is said.</param>
/// <param name="Note">At most 10,000 characters; null for none.</param>
/// <param name="Evidence">At most 10,000 characters; null for none.</param>
public sealed record NewAnswer(AnswerValue? Answer, string? Stance, string? Note, string? Evidence);

/// <summary>Actions of a plan, the first to be added first.</summary>
public sealed record ActionList(IReadOnlyList<ActionShape> Actions);

/// <summary>An action of a plan.</summary>
/// <param name="Id">Its id.</param>
/// <param name="What">What is to be done.</param>
/// <param name="Why">Null where nobody said.</param>
/// <param name="Area">The key of its area; null where it has none.</param>
/// <param name="Question">The question whose finding it answers, by its key in full; null where there is none.</param>
/// <param name="Round">The id of the round whose finding that was; null where there is none.</param>
/// <param name="Owners">In a joint plan, who has taken it on.</param>
/// <param name="Person">Who does it, as people call them; null where nobody was named.</param>
/// <param name="Due">Null where it has no date.</param>
/// <param name="Overdue">Whether that has passed, and it is not done.</param>
/// <param name="State">to-do, doing, done or dropped.</param>
/// <param name="Milestone">By its id; null where it belongs to none.</param>
/// <param name="AddedAt">In UTC.</param>
/// <param name="ChangedAt">In UTC.</param>
/// <param name="Judgement">Whether the answer moved; null where there is no question, or what it rests on is not to be seen.</param>
public sealed record ActionShape(
    string Id, string What, string? Why, string? Area, string? Question, string? Round, IReadOnlyList<OwnerShape> Owners, string? Person, DateOnly? Due, bool Overdue, string State, string? Milestone,
    DateTimeOffset AddedAt, DateTimeOffset ChangedAt, JudgementShape? Judgement);

/// <summary>A partner that has taken an action on.</summary>
/// <param name="Organisation">Its id; null once it was erased.</param>
/// <param name="Name">What it is called, or was.</param>
public sealed record OwnerShape(string? Organisation, string Name);

/// <summary>What became of the answer that an action began with.</summary>
/// <param name="Movement">moved, did-not-move, fell, question-changed or not-answered-again.</param>
/// <param name="From">The level that it began with; null where none was known.</param>
/// <param name="To">The level since; null where there is none.</param>
/// <param name="By">By what it was judged, in words; null where by nothing yet.</param>
/// <param name="Final">Whether that was sealed or revealed, and stands.</param>
public sealed record JudgementShape(string Movement, int? From, int? To, string? By, bool Final);

/// <summary>What is to be said of an action: of a new one, or in place of what is said.</summary>
/// <param name="What">What is to be done; at most 1,000 characters.</param>
/// <param name="Why">At most 2,000 characters; may be left out.</param>
/// <param name="Area">The key of an area; may be left out. That of an action with a question is the question's.</param>
/// <param name="Owners">In a joint plan, the ids of the partners who take it on.</param>
/// <param name="Person">Who does it; at most 200 characters; may be left out.</param>
/// <param name="Due">A day; may be left out.</param>
/// <param name="State">to-do, doing, done or dropped; to-do where it is left out.</param>
/// <param name="Milestone">The id of a milestone of the plan; may be left out.</param>
public sealed record NewAction(string? What, string? Why, string? Area, IReadOnlyList<string>? Owners, string? Person, string? Due, string? State, string? Milestone);

/// <summary>A level as a number, or "dk" or "na".</summary>
[JsonConverter(typeof(Converter))]
public readonly record struct AnswerValue(string Text)
{
    public static AnswerValue? Of(Choice? choice) => choice is { } chosen ? new(chosen.ToString()) : null;

    private sealed class Converter : JsonConverter<AnswerValue>
    {
        public override AnswerValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.Number when reader.TryGetInt32(out var level) => new(level.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            JsonTokenType.String => new(reader.GetString()!),
            _ => throw new JsonException("A level as a whole number, \"dk\", \"na\" or null."),
        };

        public override void Write(Utf8JsonWriter writer, AnswerValue value, JsonSerializerOptions options)
        {
            if (int.TryParse(value.Text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var level)) writer.WriteNumberValue(level);
            else writer.WriteStringValue(value.Text);
        }
    }
}
