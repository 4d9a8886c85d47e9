using Microsoft.AspNetCore.Mvc.ModelBinding;
using Rasp.Data.Programmes;

namespace Rasp.Forms;

/// <summary>The name of an organisation as people type it.</summary>
internal static class OrganisationName
{
    /// <summary>The name; null, and what is wrong told, where it is none.</summary>
    public static string? Read(string? typed, ModelStateDictionary faults, string field)
    {
        var name = Typed.CleanLine(typed);
        if (name is null) faults.AddModelError(field, "Enter the organisation’s name");
        else if (name.Length > Organisation.NameMaxLength) faults.AddModelError(field, $"The organisation’s name must be {Organisation.NameMaxLength} characters or fewer; it has {name.Length}");
        else return name;
        return null;
    }
}
