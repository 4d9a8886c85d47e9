using Rasp.Data.Accounts;
using Rasp.Forms;

namespace Rasp.Accounts;

/// <summary>A page of whoever is signed in; others are sent to sign in first.</summary>
public abstract class AccountPage : FormPage
{
    public SignedIn SignedIn => HttpContext.SignedIn() ?? throw new InvalidOperationException("This page is open to those who are signed in.");
}
