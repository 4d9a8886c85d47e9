using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Rasp.Data.Programmes;
using Rasp.Data.Tokens;
using Rasp.Forms;

namespace Rasp.Tokens;

/// <summary>A token as a form says it.</summary>
public sealed class TokenForm
{
    /// <summary>In the order in which they stand.</summary>
    public static readonly string[] Fields = ["Form.Name", "Form.Programme", "Form.Days"];

    /// <summary>What each scope beside reading lets a program do.</summary>
    public static readonly IReadOnlyList<(TokenScopes Scope, string Label, string Hint)> More =
    [
        (TokenScopes.Answer, "Save answers", "Start assessments, and save answers in them, as you could yourself. It can’t seal, nor decide what partners see."),
        (TokenScopes.Plan, "Change plans", "Add actions to plans, and change them."),
    ];

    public string? Name { get; set; }

    public string[] Scopes { get; set; } = [];

    public string? Programme { get; set; }

    public string? Days { get; set; }

    /// <summary>What it says; null, and each fault told, where it can't be.</summary>
    /// <param name="faults">Takes what is wrong.</param>
    /// <param name="programmes">Those that it can be limited to.</param>
    public NewToken? Read(ModelStateDictionary faults, IReadOnlyList<MyProgramme> programmes)
    {
        var name = Typed.CleanLine(Name);
        if (name is null) faults.AddModelError("Form.Name", "Say what the token is for, so that you know it again");
        else if (name.Length > TokenDesk.NameMaxLength) faults.AddModelError("Form.Name", $"What it is for must be {TokenDesk.NameMaxLength} characters or fewer");
        var only = string.IsNullOrEmpty(Programme) ? null : programmes.FirstOrDefault(p => p.Id.ToString("N") == Programme);
        if (only is null && !string.IsNullOrEmpty(Programme)) faults.AddModelError(programmes.Count == 0 ? "" : "Form.Programme", "Choose one of the programmes in the list");
        var days = TokenDesk.Lifetimes.FirstOrDefault(d => d.ToString(CultureInfo.InvariantCulture) == Days);
        if (days == 0) faults.AddModelError("Form.Days", "Select for how long the token is to be good");
        return faults.IsValid ? new(name!, More.Where(m => Scopes.Contains(m.Scope.ToString())).Aggregate(TokenScopes.Read, (all, m) => all | m.Scope), only?.Id, days) : null;
    }
}

/// <summary>Carries a new token to the one page that shows it.</summary>
internal static class TokenOnce
{
    public const string Key = "token";
}
