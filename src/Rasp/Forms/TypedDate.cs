using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Rasp.Forms;

/// <summary>A day as people type it.</summary>
public static class TypedDate
{
    /// <summary>What is said of anything else.</summary>
    public const string Wrong = "Enter a date, like 27 March 2027 or 27/3/2027";

    private static readonly string[] Forms = ["yyyy-MM-dd", "d/M/yyyy", "d.M.yyyy", "d MMMM yyyy", "d MMM yyyy"];

    /// <summary>The day; null, where <paramref name="text"/> is none.</summary>
    public static DateOnly? Read(string? text) =>
        DateOnly.TryParseExact(text?.Trim(), Forms, CultureInfo.GetCultureInfo("en-GB"), DateTimeStyles.None, out var date) ? date : null;

    /// <summary>As above, of what may be left empty; null, and told, where something else was typed.</summary>
    public static DateOnly? Read(string? text, ModelStateDictionary faults, string field)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (Read(text) is not { } date) faults.AddModelError(field, Wrong);
        else if (date.Year is < 2000 or > 2100) faults.AddModelError(field, "The year must be between 2000 and 2100");
        else return date;
        return null;
    }
}
