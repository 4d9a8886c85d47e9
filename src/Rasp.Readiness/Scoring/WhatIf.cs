using Rasp.Readiness.Instruments;

namespace Rasp.Readiness.Scoring;

/// <summary>
/// Several candidates beside each other: the floor of every area as it is, with each of them, and with all of them. So that these can be compared,
/// all rest on the same questions: those that every candidate, and at least one member, rated at the same revision.
/// </summary>
/// <param name="Fits">Each candidate's own, in the order given.</param>
/// <param name="Questions">On how many questions the floors rest.</param>
/// <param name="Areas">Every area of the first candidate's instrument.</param>
public sealed record WhatIf(IReadOnlyList<Fit> Fits, int Questions, IReadOnlyList<AreaWhatIf> Areas)
{
    /// <summary>Puts fits to the same members beside each other.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static WhatIf Of(IReadOnlyList<Fit> fits)
    {
        if (fits.Count == 0) throw new ArgumentException("It takes a candidate.", nameof(fits));
        var instrument = fits[0].Candidate.Instrument;
        var others = fits.Skip(1).Select(f => f.Questions.ToDictionary(q => (q.Question.Key, q.Question.Revision))).ToList();
        var common = fits[0].Questions
            .Where(q => others.All(o => o.ContainsKey((q.Question.Key, q.Question.Revision))))
            .Select(q => (q.Question, q.Floor, Levels: others.Select(o => o[(q.Question.Key, q.Question.Revision)].Candidate).Prepend(q.Candidate).ToList())).ToList();
        return new(fits, common.Count, [.. instrument.Areas.Select(a =>
        {
            var here = common.Where(q => q.Question.Area == a.Key).ToList();
            return new AreaWhatIf(
                a,
                Floor.Score(instrument, here.Select(q => (q.Question, (int?)q.Floor))),
                [.. fits.Select((_, i) => Floor.Score(instrument, here.Select(q => (q.Question, (int?)Math.Min(q.Floor, q.Levels[i])))))],
                Floor.Score(instrument, here.Select(q => (q.Question, (int?)Math.Min(q.Floor, q.Levels.Min())))));
        })]);
    }
}

/// <summary>The floor of an area (0–100) as it is, with each candidate alone, and with all; null where no question is common to all.</summary>
public sealed record AreaWhatIf(Area Area, double? Now, IReadOnlyList<double?> With, double? WithAll);
