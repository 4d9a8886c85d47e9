using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;

namespace Rasp.Readiness.Scoring;

/// <summary>The front door of scoring: an instrument and one organisation's answers in, its result out (scoring.md §§ 1 to 5).</summary>
public static class Scorer
{
    /// <summary>Scores one organisation's answers in one round. Answers to questions out of scope are ignored.</summary>
    /// <param name="instrument">What was asked.</param>
    /// <param name="stage">The key of the round's stage; null puts all questions in scope.</param>
    /// <param name="sheet">What was answered.</param>
    /// <exception cref="ArgumentException">The instrument has stages, and this is none of them.</exception>
    public static AssessmentResult Score(Instrument instrument, string? stage, AnswerSheet sheet)
    {
        if (stage is not null && instrument.Stages.All(s => s.Key != stage))
        {
            throw new ArgumentException($"{instrument} has no stage '{stage}'.", nameof(stage));
        }
        var questions = instrument.InScope(stage).Select(q => Rate(instrument, q, sheet)).ToList();
        var byTheme = questions.ToLookup(q => (q.Question.Area, q.Question.Theme));
        var areas = instrument.Areas.Select(a => ScoreArea(instrument, a, byTheme)).ToList();
        return new AssessmentResult
        {
            Organisation = sheet.Organisation,
            Round = sheet.Round,
            Instrument = instrument,
            Stage = stage,
            Overall = Banding.Overall(areas),
            Alpha = Krippendorff.OrdinalAlpha(questions.Select(q => q.Answer.LevelsGiven), instrument.Levels.Count),
            Areas = areas,
            Questions = questions,
            Findings = Findings.Of(questions, instrument.Thresholds),
        }.WithIndex();
    }

    private static QuestionResult Rate(Instrument instrument, Question question, AnswerSheet sheet)
    {
        var answer = CollectiveAnswer.Of(sheet, question.Key);
        return new()
        {
            Question = question,
            Answer = answer,
            Agreement = Consensus.Among(answer.LevelsGiven, instrument.Levels.Count),
            Gate = Banding.GateOf(question, answer.Choice),
        };
    }

    private static AreaResult ScoreArea(Instrument instrument, Area area, ILookup<(string Area, string Theme), QuestionResult> byTheme)
    {
        var themes = area.Themes.Select(t => new ThemeResult(t, Scores.Of(byTheme[(area.Key, t.Key)], instrument.Levels.Count))).ToList();
        var questions = area.Themes.SelectMany(t => byTheme[(area.Key, t.Key)]).ToList();
        var score = Scores.Of(questions, instrument.Levels.Count);
        return Banding.Area(instrument, area, score, questions, themes);
    }
}
