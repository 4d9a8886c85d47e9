using Rasp.Accounts;
using Rasp.Api;
using Rasp.Data;
using Rasp.Data.Rounds;
using Rasp.Data.Teams;

namespace Rasp.Assessments;

/// <summary>
/// Who may come in to an assessment's pages: anybody to a worked example, and to others whoever has opened the private link in
/// this browser, which keeps its secret in a cookie for that assessment's pages alone, and whoever has claimed it into an account. To a part
/// of a round, its organisation's people.
/// </summary>
public sealed class AssessmentDoor(Seen seen, WorkedExample example, Settings settings)
{
    private const string Cookie = "rasp-link";

    /// <summary>The assessment; null where there is none, or not for this visitor: no answer tells which.</summary>
    public async Task<OpenAssessment?> OpenAsync(HttpContext context, string reference)
    {
        if (example.Find(reference) is { } shown) return new(reference, shown, IsExample: true);
        if (Key(context, reference) is not var (id, holder)) return null;
        context.Response.KeepPrivate();
        if (!await IsWithinAsync(context, id)) return null;
        return await seen.AssessmentAsync(id, holder, context.RequestAborted) is { } own
            ? new(reference, own, IsExample: false) { IsMine = own.Facts.Owner is { } owner && owner == holder.Person, IsByLink = holder.Link is not null && own.Facts.Attribution is null }
            : null;
    }

    /// <summary>One question's answer; null as for <see cref="OpenAsync"/>, or where there is no such question at the assessment's stage.</summary>
    public async Task<OpenQuestion?> OpenQuestionAsync(HttpContext context, string reference, string question)
    {
        if (example.Find(reference) is { } shown)
        {
            return OpenQuestion.Of(reference, question, new(shown.Instrument, shown.Facts, shown.Entered.GetValueOrDefault(question, StoredAnswer.Nothing), 0), isExample: true);
        }
        if (Key(context, reference) is not var (id, holder)) return null;
        context.Response.KeepPrivate();
        if (!await IsWithinAsync(context, id)) return null;
        return await seen.AnswerAsync(id, holder, question, context.RequestAborted) is { } own ? OpenQuestion.Of(reference, question, own, isExample: false) : null;
    }

    /// <summary>As <see cref="OpenQuestionAsync"/>, to save an answer: without the stored one, and as it was seen a moment ago.</summary>
    public async Task<OpenQuestion?> OpenForSavingAsync(HttpContext context, string reference, string question)
    {
        if (Key(context, reference) is not var (id, holder)) return await OpenQuestionAsync(context, reference, question);
        context.Response.KeepPrivate();
        if (!await IsWithinAsync(context, id)) return null;
        return await seen.ForSavingAsync(id, holder, question, context.RequestAborted) is { } own ? OpenQuestion.Of(reference, question, own, isExample: false) : null;
    }

    /// <summary>Has the next save look again at what it saves to.</summary>
    public void LookAgain(string reference)
    {
        if (Guid.TryParseExact(reference, "N", out var id)) seen.Forget(id);
    }

    /// <summary>What an own assessment is changed with; null for anybody with neither a link nor an account, and for worked examples.</summary>
    public static (Guid Id, Holder Holder)? Key(HttpContext context, string reference)
    {
        // With a token, no cookie counts.
        var link = context.Request.IsOfApi() ? null : PrivateLink.Hash(context.Request.Cookies[Cookie]);
        var holder = new Holder(link, context.Viewer()?.Person);
        return Guid.TryParseExact(reference, "N", out var id) && holder is not { Link: null, Person: null } ? (id, holder) : null;
    }

    /// <summary>Whether this secret is the one that this browser holds for this assessment.</summary>
    public static bool Holds(HttpContext context, string secret) => context.Request.Cookies[Cookie] == secret;

    /// <summary>Lets this browser in.</summary>
    public void LetIn(HttpContext context, Guid id, string secret) => context.Response.Cookies.Append(Cookie, secret, Options(id.ToString("N")));

    /// <summary>Closes the door behind this browser; the private link opens it again.</summary>
    public void Close(HttpContext context, string reference) => context.Response.Cookies.Delete(Cookie, Options(reference));

    /// <summary>The private link to give to whoever started an assessment.</summary>
    public string LinkOf(string secret) => new Uri(settings.Url, Links.Open(secret)).ToString();

    /// <summary>A token can be of one organisation alone, or of one programme.</summary>
    private async ValueTask<bool> IsWithinAsync(HttpContext context, Guid id) => context.Viewer() is not { IsNarrowed: true } viewer || await seen.IsWithinAsync(id, viewer, context.RequestAborted);

    private CookieOptions Options(string reference) => new()
    {
        Path = Links.Assessment(reference),
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = settings.Url.Scheme == Uri.UriSchemeHttps,
        IsEssential = true,
    };
}

/// <summary>An assessment whose pages a visitor is looking at.</summary>
public sealed record OpenAssessment(string Reference, SeenAssessment Seen, bool IsExample)
{
    /// <summary>Whether it is an organisation's part of a round, and so no private link's and no account's.</summary>
    public bool IsPart => Seen.Facts.Round is not null;

    public bool IsReadOnly => IsExample || !Seen.Facts.IsOpen;

    /// <summary>Whether whoever is looking leads it, and it is looked at as a whole: not as what they, or somebody on paper, answer.</summary>
    public bool IsLed => Seen.Facts is { IsLed: true, Answering: not { Kind: RespondentKind.OnPaper } };

    /// <summary>Whether whoever is looking leads it, and others were asked to answer too.</summary>
    public bool IsTeams => IsLed && Seen.Facts.Attribution is not null;

    /// <summary>Of how many questions there is an answer that counts.</summary>
    public int Answered => IsTeams ? Seen.Result.Questions.Count(q => q.Answer.Choice is not null) : Order.Questions.Count(q => Seen.EnteredFor(q).Choice is not null);

    /// <summary>Whether a lead is entering what somebody answered on paper, who is all that is seen then.</summary>
    public bool IsOnPaper => Seen.Facts.Answering is { Kind: RespondentKind.OnPaper };

    /// <summary>Whether several people answer.</summary>
    public bool HasTeam => Seen.Facts.Attribution is not null;

    /// <summary>Whether it was claimed into the account of whoever is looking.</summary>
    public bool IsMine { get; init; }

    /// <summary>Whether this browser holds a private link for it.</summary>
    public bool IsByLink { get; init; }

    /// <summary>Whether whoever is looking may delete it or give it a new link: what was claimed, only its owner may.</summary>
    public bool IsToDecide => !IsExample && !IsPart && (Seen.Facts.Owner is null || IsMine);

    /// <summary>Whether whoever is looking decides on what was carried forward into it: a lead of a part of a round, or who keeps it in their account.</summary>
    public bool IsToConfirm => IsLed && !IsExample && (IsPart || IsMine);

    /// <summary>Of what was carried forward, what waits for its leads to confirm it, to answer otherwise or to leave it out.</summary>
    public IEnumerable<Carried> StillWaiting(IEnumerable<Carried> carried) => carried.Where(c => c is { IsRevised: false, IsLeftOut: false } && !IsSettled(c.Question));

    /// <summary>Whether nothing waits at a question any more: something is agreed, or, where one answers for all, answered.</summary>
    public bool IsSettled(string question) =>
        Seen.Result.Find(question) is { Answer.IsAgreed: true } || (!IsTeams && Seen.Entered.GetValueOrDefault(question) is { Choice: not null });

    public QuestionOrder Order { get; } = QuestionOrder.Of(Seen.Instrument, Seen.Facts);
}
