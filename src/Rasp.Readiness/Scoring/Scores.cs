namespace Rasp.Readiness.Scoring;

/// <summary>Scores of questions, and of a whole from its areas (scoring.md § 2).</summary>
internal static class Scores
{
    /// <summary>100 * (level - 1) / (L - 1).</summary>
    public static double OfLevel(int level, int levels) => 100.0 * (level - 1) / (levels - 1);

    public static Score Of(IEnumerable<QuestionResult> questions, int levels)
    {
        double points = 0, rated = 0, applicable = 0;
        foreach (var question in questions)
        {
            if (!question.IsApplicable) continue;
            var weight = question.Question.Weight;
            applicable += weight;
            if (question.Level is not { } level) continue;
            rated += weight;
            points += weight * OfLevel(level, levels);
        }
        return new(
            rated > 0 ? points / rated : null,
            applicable > 0 ? points / applicable : null,
            applicable > 0 ? (points + (100 * (applicable - rated))) / applicable : null,
            applicable > 0 ? rated / applicable : null);
    }

    public static Score OfAreas(IReadOnlyList<AreaResult> areas)
    {
        return new(Mean(s => s.Value), Mean(s => s.Low), Mean(s => s.High), Mean(s => s.Coverage));

        double? Mean(Func<Score, double?> part)
        {
            double sum = 0, weights = 0;
            foreach (var area in areas)
            {
                if (part(area.Score) is not { } value) continue;
                sum += area.Area.Weight * value;
                weights += area.Area.Weight;
            }
            return weights > 0 ? sum / weights : null;
        }
    }
}
