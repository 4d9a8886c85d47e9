using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Rasp.Forms;

/// <summary>What is wrong with a form's fields, for its page.</summary>
public static class Faults
{
    /// <summary>What is wrong with a field first of all; null where nothing is.</summary>
    public static string? Fault(this ViewDataDictionary view, string field) =>
        view.ModelState.TryGetValue(field, out var entry) && entry.Errors is [var first, ..] ? first.ErrorMessage : null;
}
