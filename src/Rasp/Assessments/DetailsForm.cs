using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Rasp.Data;
using Rasp.Forms;
using Rasp.Readiness.Instruments;

namespace Rasp.Assessments;

/// <summary>What is asked before the questions: who, where the programme is, and from which role.</summary>
public sealed class DetailsForm
{
    /// <summary>In the order in which they stand on the page.</summary>
    public static readonly string[] Fields = ["Details.Organisation", "Details.Stage", "Details.Role"];

    public string? Organisation { get; set; }

    public string? Stage { get; set; }

    public string? Role { get; set; }

    public string? CleanOrganisation => Typed.CleanLine(Organisation);

    public static DetailsForm Of(AssessmentFacts facts) => new() { Organisation = facts.Organisation, Stage = facts.Stage, Role = facts.Answering?.Role };

    /// <param name="faults">Takes what is wrong.</param>
    /// <param name="instrument">Whose stages and roles there are.</param>
    /// <param name="asksRole">Not where several people answer, each from a role of their own.</param>
    public void Check(ModelStateDictionary faults, Instrument instrument, bool asksRole = true)
    {
        if (CleanOrganisation?.Length > Assessment.OrganisationMaxLength)
        {
            faults.AddModelError("Details.Organisation", $"The organisation’s name must be {Assessment.OrganisationMaxLength} characters or fewer");
        }
        if (instrument.Stages.All(s => s.Key != Stage)) faults.AddModelError("Details.Stage", "Select where your programme is");
        if (asksRole && instrument.Roles.All(r => r.Key != Role)) faults.AddModelError("Details.Role", "Select the role from which you answer");
    }
}

/// <summary>Carries a new private link's secret to the one page that shows it.</summary>
internal static class PrivateLinkOnce
{
    private const string Key = "secret";

    public static void Keep(ITempDataDictionary once, string secret) => once[Key] = secret;

    public static string? Take(ITempDataDictionary once) => once[Key] as string;
}
