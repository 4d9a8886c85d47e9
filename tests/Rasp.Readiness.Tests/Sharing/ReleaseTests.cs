using Rasp.Readiness.Answers;
using Rasp.Readiness.Scoring;
using Rasp.Readiness.Sharing;
using static Rasp.Readiness.Tests.Given;

namespace Rasp.Readiness.Tests.Sharing;

/// <summary>A release, and the document that is sealed for it, hold what their depth shows and nothing beyond (sharing.md 2).</summary>
public sealed class ReleaseTests
{
    private static readonly Depth[] Shown = [Depth.Areas, Depth.Questions, Depth.Everything];

    /// <summary>Whether there is evidence at all is a finding's business: a strength without is claimed.</summary>
    [Fact]
    public void Notes_and_evidence_change_nothing_above_depth_everything() => Sheets.ForEvery((result, sheet) =>
    {
        var rewritten = Sheets.Map(sheet, a => a with { Note = a.Note is null ? "A note" : null, Evidence = a.Evidence is null ? null : "Other evidence" });
        var again = Scorer.Score(result.Instrument, result.Stage, rewritten);
        return Seen(result, sheet, Depth.Areas) == Seen(again, rewritten, Depth.Areas) && Seen(result, sheet, Depth.Questions) == Seen(again, rewritten, Depth.Questions);
    });

    [Fact]
    public void Stances_change_nothing_at_depth_areas() => Sheets.ForEvery((result, sheet) =>
    {
        var other = Sheets.Map(sheet, a => a with { Stance = a.Stance == Stance.Fixed ? Stance.Open : Stance.Fixed });
        return Seen(result, sheet, Depth.Areas) == Seen(Scorer.Score(result.Instrument, result.Stage, other), other, Depth.Areas);
    });

    [Fact]
    public void Answers_change_nothing_at_depth_areas_while_the_scores_of_areas_stay()
    {
        var instrument = Instrument(Q("q1"), Q("q2"), Q("q3"));
        var (one, other) = (Released(instrument, Depth.Areas, "p1 q1 1", "p1 q2 5", "p1 q3 4"), Released(instrument, Depth.Areas, "p1 q1 3", "p1 q2 3", "p1 q3 4"));
        Assert.Equal(one, other);
        Assert.NotEqual(Released(instrument, Depth.Questions, "p1 q1 1", "p1 q2 5", "p1 q3 4"), Released(instrument, Depth.Questions, "p1 q1 3", "p1 q2 3", "p1 q3 4"));
    }

    [Fact]
    public void Who_answered_what_changes_nothing_at_any_depth_while_the_collective_answer_stays()
    {
        var instrument = Instrument(Q("q1"), Q("q2"));
        foreach (var depth in Shown)
        {
            Assert.Equal(Released(instrument, depth, "p1 q1 3", "p2 q1 3", "p3 q1 4", "p1 q2 dk"), Released(instrument, depth, "p1 q1 2", "p2 q1 3", "p3 q1 3", "p2 q2 dk"));
        }
    }

    [Fact]
    public void No_level_number_or_note_of_a_respondent_is_ever_released() => Sheets.ForEvery((result, sheet) =>
    {
        var marked = Sheets.Map(sheet, a => a, a => a with { Note = "@respondent's note@" });
        var again = Scorer.Score(result.Instrument, result.Stage, marked);
        return Shown.All(depth =>
        {
            var release = Release.Of(again, marked, depth);
            var questions = release.Result?.Questions ?? [];
            return questions.All(q => q.Answer is { LevelsGiven: [], DontKnow: 0, Answered: 0 } && q.Agreement == default) && release.Result?.Alpha is null
                && (marked.Respondents.Count == 1 || !SealedDocument.Write("", again, marked, depth).Contains("@respondent's note@", StringComparison.Ordinal));
        });
    });

    [Fact]
    public void Each_depth_shows_the_same_scores() => Sheets.ForEvery((result, sheet) => Shown.All(depth =>
    {
        var release = Release.Of(result, sheet, depth);
        return release.Overall == new ReleasedScore(result.Overall.Score, result.Overall.Band, result.Overall.IsProvisional)
            && release.Areas.Select(a => (a.Area, a.Result)).SequenceEqual(result.Areas.Select(a => (a.Area, new ReleasedScore(a.Score, a.Band, a.IsProvisional))))
            // What is scored again from settled answers alone is the same score.
            && (release.Result is not { } again || again.Areas.Select(a => (a.Score, a.Band)).SequenceEqual(result.Areas.Select(a => (a.Score, a.Band))));
    }));

    [Fact]
    public void Nothing_shows_a_name_alone()
    {
        var (result, sheet) = Sheets.Of(Instrument(Q("q1")), "p1 q1 5");
        var release = Release.Of(result, sheet, Depth.Nothing);
        Assert.Equal((null, null, 0, 0), (release.Overall, release.Result, release.Areas.Count, release.Notes.Count));
        Assert.Throws<ArgumentOutOfRangeException>(() => SealedDocument.Write("", result, sheet, Depth.Nothing));
    }

    [Fact]
    public void Settled_are_the_collective_answers_with_their_stances_as_agreed_ones()
    {
        var (result, sheet) = Sheets.Of(Instrument(Q("q1"), Q("q2"), Q("q3"), Q("q4")), "p1 q1 2 fixed", "p2 q1 4", "p3 q1 5", "agreed q2 3 open", "p1 q2 1 fixed", "p1 q3 dk", "p2 q3 na");
        var settled = Release.Of(result, sheet, Depth.Questions).Result!.Questions.Where(q => q.Answer.Choice is not null).ToList();
        Assert.All(settled, q => Assert.True(q.Answer.IsAgreed));
        Assert.Equal(
            [("a.t.q1", "4", Stance.Fixed), ("a.t.q2", "3", Stance.Open), ("a.t.q3", "dk", null)],
            settled.Select(q => (q.Question.Key, q.Answer.Choice.ToString()!, q.Answer.Stance)));
    }

    [Fact]
    public void What_one_person_alone_wrote_is_what_was_agreed_and_what_one_of_several_wrote_is_not()
    {
        var instrument = Instrument(Q("q1"), Q("q2"));
        Assert.Equal(["minutes"], Notes("p1 q1 4 - minutes"));
        Assert.Empty(Notes("p1 q1 4 - minutes", "p2 q2 3"));
        Assert.Equal(["report"], Notes("p1 q1 4 - minutes", "p2 q1 4 - register", "agreed q1 4 - report"));

        IEnumerable<string?> Notes(params string[] lines)
        {
            var (result, sheet) = Sheets.Of(instrument, lines);
            Assert.Empty(Release.Of(result, sheet, Depth.Questions).Notes);
            return Release.Of(result, sheet, Depth.Everything).Notes.Values.Select(n => n.Evidence);
        }
    }

    [Fact]
    public void Of_two_depths_each_sees_the_lesser()
    {
        foreach (var (a, b) in from a in Enum.GetValues<Depth>() from b in Enum.GetValues<Depth>() select (a, b))
        {
            Assert.Equal(Depths.Lesser(a, b), Depths.Lesser(b, a));
            Assert.True(Depths.Lesser(a, b) <= a && Depths.Lesser(a, b) <= b);
            Assert.Equal(a, Depths.Parse(a.Word()));
        }
        Assert.Null(Depths.Parse("all"));
        Assert.Null(Depths.Parse(null));
    }

    private static string Released(PlainInstrument instrument, Depth depth, params string[] lines)
    {
        var (result, sheet) = Sheets.Of(instrument, lines);
        return Seen(result, sheet, depth);
    }

    /// <summary>All that can be read in a release and in its document, as one text.</summary>
    internal static string Seen(AssessmentResult result, AnswerSheet sheet, Depth depth) =>
        Sheets.Text(Release.Of(result, sheet, depth)) + SealedDocument.Write("A programme", result, sheet, depth);
}
