using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Rasp.Data;
using Rasp.Data.Teams;
using Rasp.Readiness.Instruments;

namespace Rasp.Assessments;

/// <summary>The questions of an instrument at a stage, in the order in which a person goes through them.</summary>
public sealed class QuestionOrder
{
    /// <summary>What thinking, asking and writing a note takes, as told to people. A round figure, not a measurement.</summary>
    public const int MinutesAQuestion = 2;

    private static readonly ConditionalWeakTable<Instrument, ConcurrentDictionary<string, QuestionOrder>> Known = [];

    private readonly Dictionary<string, Place> places;

    private QuestionOrder(Instrument instrument, string stage, Func<Question, bool> isAsked)
    {
        Questions = [.. instrument.InScope(stage).Where(isAsked)];
        Areas = [.. instrument.Areas
            .Select(a => new AreaInOrder(a, [.. a.Themes
                .Select(t => new ThemeInOrder(t, [.. t.Questions.Where(q => q.IsAskedAt(stage) && isAsked(q))]))
                .Where(t => t.Questions.Count > 0)]))
            .Where(a => a.Themes.Count > 0)];
        places = Questions.Select((q, i) => new Place(
                q,
                i + 1,
                Questions.Count,
                instrument.Areas.First(a => a.Key == q.Area),
                instrument.Areas.First(a => a.Key == q.Area).Themes.First(t => t.Key == q.Theme),
                i > 0 ? Questions[i - 1] : null,
                i + 1 < Questions.Count ? Questions[i + 1] : null))
            .ToDictionary(p => p.Question.Key, StringComparer.Ordinal);
    }

    public IReadOnlyList<Question> Questions { get; }

    /// <summary>Areas and themes that have a question at this stage.</summary>
    public IReadOnlyList<AreaInOrder> Areas { get; }

    public static QuestionOrder Of(Instrument instrument, string stage) =>
        Known.GetOrCreateValue(instrument).GetOrAdd(stage, s => new(instrument, s, _ => true));

    /// <summary>As whoever looks goes through them: leads through all, others through what they were asked.</summary>
    public static QuestionOrder Of(Instrument instrument, AssessmentFacts facts) =>
        !facts.IsLed && facts.Answering is { Scope: { } scope } ? Of(instrument, facts.Stage, scope) : Of(instrument, facts.Stage);

    /// <summary>What a scope holds at a stage; all where it is null.</summary>
    public static QuestionOrder Of(Instrument instrument, string stage, string? scope) => scope is null ? Of(instrument, stage) : new(instrument, stage, Scopes.Contains(scope));

    /// <summary>Where a question stands; null where it is not asked at this stage.</summary>
    public Place? Find(string question) => places.GetValueOrDefault(question);
}

public sealed record AreaInOrder(Area Area, IReadOnlyList<ThemeInOrder> Themes)
{
    public IEnumerable<Question> Questions => Themes.SelectMany(t => t.Questions);
}

public sealed record ThemeInOrder(Theme Theme, IReadOnlyList<Question> Questions);

/// <summary>A question's place in the whole, counted from 1.</summary>
public sealed record Place(Question Question, int Number, int Of, Area Area, Theme Theme, Question? Previous, Question? Next);

/// <summary>A question that a visitor is looking at.</summary>
public sealed record OpenQuestion(string Reference, Place Place, SeenAnswer Seen, bool IsExample)
{
    public bool IsReadOnly => IsExample || !Seen.Facts.IsOpen;

    /// <summary>Whether whoever looks has yet to read who sees what they answer.</summary>
    public bool IsToBegin => Seen.Facts.Answering is { Kind: RespondentKind.Person, BegunAt: null };

    /// <summary>Whether whoever looks has said to be done: then they say first that they change something after all.</summary>
    public bool IsDone => Seen.Facts.Answering is { Kind: RespondentKind.Person, DoneAt: not null };

    /// <summary>Whether whoever looks leads the assessment and answers nothing themselves.</summary>
    public bool IsNobodys => !IsExample && Seen.Facts.Answering is null;

    public static OpenQuestion? Of(string reference, string question, SeenAnswer seen, bool isExample) =>
        QuestionOrder.Of(seen.Instrument, seen.Facts).Find(question) is { } place ? new(reference, place, seen, isExample) : null;
}
