using Microsoft.AspNetCore.Mvc;
using Rasp.Data.Programmes;

namespace Rasp.Pages.Organisations;

/// <summary>One person in an organisation: another role, or none any more.</summary>
public sealed class MemberModel(OrganisationDesk desk) : OrganisationPage(desk)
{
    [FromRoute]
    public string Person { get; set; } = "";

    public MemberRow Member { get; private set; } = null!;

    public bool IsMyself => Member.Person == SignedIn.Person;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) => await FindMemberAsync(cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostRoleAsync(CancellationToken cancellation)
    {
        if (!await FindMemberAsync(cancellation) || !Organisation.IsLead) return NotFound();
        var role = Member.Role == MemberRole.Lead ? MemberRole.Contributor : MemberRole.Lead;
        return Answer(await Desk.ChangeRoleAsync(Organisation.Id, SignedIn.Person, Member.Person, role, cancellation));
    }

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken cancellation)
    {
        if (!await FindMemberAsync(cancellation)) return NotFound();
        return Answer(await Desk.RemoveAsync(Organisation.Id, SignedIn.Person, Member.Person, cancellation));
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindMemberAsync(cancellation) ? Page() : NotFound();

    private IActionResult Answer(MemberOutcome outcome)
    {
        if (outcome == MemberOutcome.Done) return Redirect(IsMyself ? Links.Account : Links.Organisation(Organisation.Id));
        if (outcome == MemberOutcome.NotFound) return NotFound();
        ModelState.AddModelError("", $"{Organisation.Name} would have no lead any more. Make somebody else a lead first");
        return Faulty();
    }

    private async Task<bool> FindMemberAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation) || Organisation.Members.FirstOrDefault(m => m.Person.ToString("N") == Person) is not { } member) return false;
        Member = member;
        return Organisation.IsLead || IsMyself;
    }
}
