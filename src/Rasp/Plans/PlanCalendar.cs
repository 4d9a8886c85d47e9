using System.Globalization;
using System.Text;
using Rasp.Data.Plans;

namespace Rasp.Plans;

/// <summary>
/// What is due, as a calendar (RFC 5545): whole days, so that Outlook and phones show them, which leave to-dos out. Each keeps its id: importing anew
/// moves what has moved.
/// </summary>
internal static class PlanCalendar
{
    /// <summary>Bytes on a line, without its end.</summary>
    private const int LineBytes = 75;

    public static string Write(SeenPlan plan, Uri site)
    {
        var calendar = new StringBuilder();
        foreach (var line in (string[])["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Rasp//Plan//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH", $"X-WR-CALNAME:{Text($"Plan: {plan.Title}")}"]) Line(calendar, line);
        foreach (var action in plan.Actions.Where(a => a is { IsOpen: true, Due: not null }))
        {
            var about = new[] { action.Why, plan.IsJoint ? PlanWords.Owners(action) : null, action.Person, action.State.Name() }.Where(p => !string.IsNullOrEmpty(p));
            Event(calendar, $"action-{action.Id:N}", action.Due!.Value, action.ChangedAt, action.Version, $"Due: {action.What}", string.Join("\n", about), Links.Absolute(site, Links.PlannedAction(plan.Address, action.Id)));
        }
        foreach (var milestone in plan.Milestones.Where(m => !m.IsDone))
        {
            Event(calendar, $"milestone-{milestone.Id:N}", milestone.On, plan.Today.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), milestone.Version, $"Milestone: {milestone.Name}", "", Links.Absolute(site, Links.Milestones(plan.Address)));
        }
        Line(calendar, "END:VCALENDAR");
        return calendar.ToString();
    }

    private static void Event(StringBuilder to, string id, DateOnly day, DateTimeOffset changed, int version, string summary, string description, string url)
    {
        Line(to, "BEGIN:VEVENT");
        Line(to, $"UID:{id}@rasp");
        Line(to, string.Create(CultureInfo.InvariantCulture, $"DTSTAMP:{changed.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}"));
        Line(to, string.Create(CultureInfo.InvariantCulture, $"SEQUENCE:{version - 1}"));
        Line(to, string.Create(CultureInfo.InvariantCulture, $"DTSTART;VALUE=DATE:{day:yyyyMMdd}"));
        Line(to, string.Create(CultureInfo.InvariantCulture, $"DTEND;VALUE=DATE:{day.AddDays(1):yyyyMMdd}"));
        Line(to, $"SUMMARY:{Text(summary)}");
        if (description.Length > 0) Line(to, $"DESCRIPTION:{Text(description)}");
        Line(to, $"URL:{url}");
        Line(to, "TRANSP:TRANSPARENT");
        Line(to, "END:VEVENT");
    }

    /// <summary>RFC 5545, 3.3.11.</summary>
    private static string Text(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var c in text.ReplaceLineEndings("\n"))
        {
            if (c == '\n') escaped.Append("\\n");
            else if (c is '\\' or ';' or ',') escaped.Append('\\').Append(c);
            else if (!char.IsControl(c)) escaped.Append(c);
        }
        return escaped.ToString();
    }

    /// <summary>RFC 5545, 3.1: no line is longer than 75 bytes, and none breaks within a character.</summary>
    private static void Line(StringBuilder to, string line)
    {
        var bytes = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > LineBytes)
            {
                to.Append("\r\n ");
                bytes = 1;
            }
            to.Append(rune.ToString());
            bytes += rune.Utf8SequenceLength;
        }
        to.Append("\r\n");
    }
}
