namespace Rasp.Reports;

/// <summary>What a report can be about.</summary>
public enum ReportSubject
{
    /// <summary>What one organisation's answers come to; its reference is an assessment's.</summary>
    Results,

    /// <summary>Partners side by side; its reference is a round's, or an example's.</summary>
    Comparison,

    /// <summary>What moved over rounds, of an organisation or of the partnership; its reference is that of the trend's page.</summary>
    Trend,

    /// <summary>How a candidate would fit; its reference is the candidate's round's, or an example's.</summary>
    Fit,

    /// <summary>An organisation's own plan; its reference is an assessment's.</summary>
    OwnPlan,

    /// <summary>The partners' plan; its reference is a programme's.</summary>
    JointPlan,
}

/// <summary>Which report somebody asks for. Whether it is theirs to have is seen when it is made, and not before.</summary>
/// <param name="Subject">What it is about.</param>
/// <param name="Reference">What the addresses of that hold.</param>
/// <param name="Choice">How much of it.</param>
internal sealed record ReportRequest(ReportSubject Subject, string Reference, ReportChoice Choice)
{
    /// <summary>The moment that it says it was made, where it is made again to be compared with an earlier one; null where it is the present one.</summary>
    public DateTimeOffset? MadeAt { get; init; }
}

/// <summary>What comes of asking for a report.</summary>
internal abstract record ReportAnswer
{
    private ReportAnswer()
    {
    }

    /// <param name="Report">All that whoever asks may see, and has asked for.</param>
    /// <param name="FileName">What a file of it is called, without its end.</param>
    public sealed record Made(Report Report, string FileName) : ReportAnswer;

    /// <summary>The choice asks for what the report has not.</summary>
    /// <param name="Field">Which field of the address is at fault.</param>
    /// <param name="Why">What is wrong, and what would be right.</param>
    public sealed record Refused(string Field, string Why) : ReportAnswer;

    /// <summary>There is none, or not for whoever asks: no answer tells which.</summary>
    public sealed record NotThere : ReportAnswer;
}
