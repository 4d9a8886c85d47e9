using Microsoft.AspNetCore.Mvc;
using Rasp.Accounts;
using Rasp.Data;
using Rasp.Data.Programmes;
using Rasp.Forms;
using Rasp.Readiness.Instruments;

namespace Rasp.Pages.Programmes;

/// <summary>Starts a programme, with an organisation that one leads as its first partner; where one leads none, it is made here.</summary>
public sealed class NewModel(ProgrammeDesk programmes, OrganisationDesk organisations, InstrumentLibrary instruments) : AccountPage
{
    [BindProperty]
    public ProgrammeForm Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? Organisation { get; set; }

    /// <summary>Where one leads none yet.</summary>
    [BindProperty]
    public string? OrganisationsName { get; set; }

    public IReadOnlyList<MyOrganisation> Led { get; private set; } = [];

    public Instrument Instrument => instruments.Current;

    public Task OnGetAsync(CancellationToken cancellation) => LoadAsync(cancellation);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        await LoadAsync(cancellation);
        Form.Check(ModelState, Instrument);
        var chosen = Led.Count == 1 ? Led[0].Id : Led.FirstOrDefault(o => o.Id.ToString("N") == Organisation)?.Id;
        var name = Led.Count == 0 ? OrganisationName.Read(OrganisationsName, ModelState, nameof(OrganisationsName)) : null;
        if (Led.Count > 0 && chosen is null) ModelState.AddModelError(nameof(Organisation), "Select for which organisation you start it");
        if (!ModelState.IsValid) return Faulty();
        var organisation = chosen ?? await organisations.StartAsync(name!, SignedIn.Person, cancellation);
        return await programmes.StartAsync(organisation, SignedIn.Person, Form.CleanName(), Form.CleanWhat(), Form.CleanWhy(), Form.Stage!, cancellation) is { } id
            ? Redirect(Links.Programme(id)) : NotFound();
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation)
    {
        await LoadAsync(cancellation);
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancellation) =>
        Led = [.. (await organisations.OfAsync(SignedIn.Person, cancellation)).Where(o => o.Role == MemberRole.Lead)];
}
