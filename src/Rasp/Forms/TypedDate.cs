using System.Globalization;

namespace Rasp.Forms;

/// <summary>A day as people type it.</summary>
public static class TypedDate
{
    private static readonly string[] Forms = ["yyyy-MM-dd", "d/M/yyyy", "d.M.yyyy", "d MMMM yyyy", "d MMM yyyy"];

    /// <summary>The day; null, where <paramref name="text"/> is none.</summary>
    public static DateOnly? Read(string? text) =>
        DateOnly.TryParseExact(text?.Trim(), Forms, CultureInfo.GetCultureInfo("en-GB"), DateTimeStyles.None, out var date) ? date : null;
}
