using Rasp.Readiness.Instruments;

namespace Rasp;

/// <summary>Where everything is. Pages link by these alone; a test visits them all.</summary>
public static class Links
{
    public const string Home = "/";
    public const string Start = "/start";
    public const string Example = "/example";
    public const string OpenForm = "/open";
    public const string Help = "/help";

    /// <summary>Where somebody types the code of a workshop.</summary>
    public const string Join = "/join";
    public const string Privacy = "/privacy";
    public const string Accessibility = "/accessibility";
    public const string Contact = "/contact";

    /// <summary>The keys that this installation signs with.</summary>
    public const string Keys = "/keys";
    public const string KeysJson = "/keys.json";

    public const string SignIn = "/sign-in";
    public const string SignInCode = "/sign-in/code";
    public const string SignInPasskey = "/sign-in/passkey";
    public const string SignInOidc = "/sign-in/oidc";
    public const string OidcCallback = "/sign-in/oidc/callback";
    public const string SignOut = "/sign-out";
    public const string Account = "/account";
    public const string Sessions = "/account/sessions";
    public const string Passkeys = "/account/passkeys";
    /// <summary>What programs can ask for: to programs as OpenAPI, to people as a page.</summary>
    public const string Api = "/api";
    public const string ApiDescription = "/api/openapi.json";
    public const string ApiReference = "/api/reference";

    /// <summary>Before all that takes a token.</summary>
    public const string ApiRoot = "/api/v1";
    public const string ApiProgrammes = "/api/v1/programmes";

    public const string Tokens = "/account/tokens";
    public const string NewToken = "/account/tokens/new";
    public const string DeleteAccount = "/account/delete";
    public const string AccountDeleted = "/account-deleted";
    public const string Accounts = "/administration/accounts";
    public const string Mails = "/administration/mails";
    public const string NewOrganisation = "/organisations/new";
    public const string NewProgramme = "/programmes/new";
    public const string AccountMails = "/account/mails";
    public const string DevelopmentMails = "/development/mails";

    /// <summary>Whether an address is a page of ours: nobody is sent elsewhere after signing in.</summary>
    public static bool IsLocal(string? address) =>
        address is ['/', ..] && (address.Length == 1 || address[1] is not ('/' or '\\')) && !address.Any(char.IsControl);

    /// <summary>As it stands in mails and where somebody copies it.</summary>
    public static string Absolute(Uri site, string path) => new Uri(site, path).ToString();

    public static string SignInLink(string secret) => $"{SignIn}/{secret}";

    /// <summary>The sign-in page, from which a page of ours is returned to.</summary>
    public static string SignInFor(string page) => $"{SignIn}?return={Uri.EscapeDataString(page)}";

    public static string SignInOidcFor(string? page) => page is null ? SignInOidc : $"{SignInOidc}?return={Uri.EscapeDataString(page)}";

    public static string OidcFailed(string why) => $"{SignIn}?oidc={why}";

    public static string AccountOf(Guid person) => $"{Accounts}/{person:N}";

    public static string Invitation(string secret) => $"/invitations/{secret}";

    public static string Organisation(Guid id) => $"/organisations/{id:N}";

    public static string OrganisationMember(Guid id, Guid person) => $"{Organisation(id)}/people/{person:N}";

    public static string OrganisationInvite(Guid id) => $"{Organisation(id)}/invite";

    public static string OrganisationName(Guid id) => $"{Organisation(id)}/name";

    public static string OrganisationTrail(Guid id) => $"{Organisation(id)}/trail";

    public static string OrganisationData(Guid id) => $"{Organisation(id)}/data";

    public static string ApiAssessment(string reference) => $"{ApiRoot}/assessments/{reference}";

    public static string OrganisationTokens(Guid id) => $"{Organisation(id)}/tokens";

    public static string NewOrganisationToken(Guid id) => $"{OrganisationTokens(id)}/new";

    public static string OrganisationFile(Guid id) => $"{Organisation(id)}/everything.json";

    public static string Programme(Guid id) => $"/programmes/{id:N}";

    public static string ProgrammeDetails(Guid id) => $"{Programme(id)}/details";

    public static string ProgrammeInvite(Guid id) => $"{Programme(id)}/invite";

    public static string SentInvitation(Guid id) => $"/sent-invitations/{id:N}";

    public static string ProgrammePartner(Guid id, Guid organisation) => $"{Programme(id)}/partners/{organisation:N}";

    public static string ProgrammeFacilitator(Guid id, Guid person) => $"{Programme(id)}/facilitators/{person:N}";

    public static string ProgrammeRound(Guid id) => $"{Programme(id)}/round";

    /// <summary>What the next round would ask that the last did not.</summary>
    public static string ProgrammeQuestions(Guid id) => $"{ProgrammeRound(id)}/questions";

    public static string ProgrammeSchedule(Guid id) => $"{Programme(id)}/schedule";

    public static string ProgrammeNudge(Guid id) => $"{Programme(id)}/nudge";

    public static string ProgrammeClose(Guid id) => $"{Programme(id)}/close";

    /// <summary>Where a candidate and the members stand: to the candidate, all that it sees of the programme.</summary>
    public static string Joining(Guid round) => $"/joining/{round:N}";

    /// <summary>How deep a member shows itself to a candidate.</summary>
    public static string JoiningMember(Guid round, Guid organisation) => $"{Joining(round)}/members/{organisation:N}";

    public static string JoiningOutcome(Guid round) => $"{Joining(round)}/outcome";

    public static string Candidates(Guid programme) => $"{Programme(programme)}/candidates";

    public static string CandidateInvite(Guid programme) => $"{Candidates(programme)}/invite";

    /// <summary>A candidate against the members.</summary>
    public static string Fit(string reference) => $"/fits/{reference}";

    public static string RoundSeals(Guid round) => $"/rounds/{round:N}/seals";

    public static string SealFile(Guid round, Guid organisation, int number) => $"{RoundSeals(round)}/{organisation:N}/{number.ToString(System.Globalization.CultureInfo.InvariantCulture)}.json";

    /// <summary>A round's partners on other servers.</summary>
    public static string Exchange(Guid round) => $"/rounds/{round:N}/elsewhere";

    public static string ExchangePartner(Guid round, Guid partner) => $"{Exchange(round)}/{partner:N}";

    /// <summary>What an organisation gives to partners on other servers first.</summary>
    public static string ExchangeIntroduction(Guid round, Guid organisation) => $"{Exchange(round)}/introductions/{organisation:N}.txt";

    public static string ExchangeSeal(Guid round, Guid organisation) => $"{Exchange(round)}/seals/{organisation:N}.txt";

    public static string ReleasedBundle(Guid round, Guid bundle) => $"{Exchange(round)}/released/{bundle:N}.txt";

    public static string ReceivedBundle(Guid round, Guid bundle) => $"{Exchange(round)}/received/{bundle:N}.txt";

    /// <summary>What an organisation's part of a round shows, and to whom: sealing and all that follows from it.</summary>
    public static string Sharing(string reference) => $"{Assessment(reference)}/sharing";

    /// <summary>Those who answer within an assessment, for its leads.</summary>
    public static string Team(string reference) => $"{Assessment(reference)}/team";

    public static string TeamStart(string reference) => $"{Team(reference)}/start";

    public static string TeamInvite(string reference) => $"{Team(reference)}/invite";

    public static string TeamInviteAs(string reference, string role) => $"{TeamInvite(reference)}?role={Uri.EscapeDataString(role)}";

    public static string TeamPaper(string reference) => $"{Team(reference)}/paper";

    public static string TeamPaperAs(string reference, string role) => $"{TeamPaper(reference)}?role={Uri.EscapeDataString(role)}";

    public static string TeamMyself(string reference) => $"{Team(reference)}/myself";

    public static string TeamPerson(string reference, Guid respondent) => $"{Team(reference)}/{respondent:N}";

    /// <summary>Where somebody stops answering.</summary>
    public static string Leave(string reference) => $"{Assessment(reference)}/leave";

    public static string StartFrom(string reference) => $"{Assessment(reference)}/start-from";

    /// <summary>A private link, without the host.</summary>
    public static string Open(string secret) => $"{OpenForm}/{secret}";

    public static string Assessment(string reference) => $"/assessments/{reference}";

    public static string PrivateLink(string reference) => $"{Assessment(reference)}/link";

    public static string Details(string reference) => $"{Assessment(reference)}/details";

    public static string Question(string reference, Question question) => $"{Assessment(reference)}/questions/{question.Key.Replace('.', '/')}";

    /// <summary>What several people answered, and what their organisation settles on.</summary>
    public static string Agreement(string reference) => $"{Assessment(reference)}/agreement";

    public static string Agreement(string reference, Question question) => $"{Agreement(reference)}/{question.Key.Replace('.', '/')}";

    /// <summary>How leadership and everybody else see the same questions.</summary>
    public static string Sides(string reference) => $"{Assessment(reference)}/sides";

    /// <summary>Starts an assessment that looks at this one again.</summary>
    public static string Again(string reference) => $"{Assessment(reference)}/again";

    /// <summary>What an organisation answered last time, to be confirmed or left out.</summary>
    public static string Carried(string reference) => $"{Assessment(reference)}/carried";

    public static string Results(string reference) => $"{Assessment(reference)}/results";

    public static string TakeAway(string reference) => $"{Assessment(reference)}/take-away";

    public static string AnswersCsv(string reference) => $"{Assessment(reference)}/answers.csv";

    /// <summary>A workbook to answer in off line.</summary>
    public static string Workbook(string reference) => $"{Assessment(reference)}/workbook.xlsx";

    /// <summary>Where a workbook or a CSV is brought back.</summary>
    public static string Upload(string reference) => $"{Assessment(reference)}/upload";

    /// <summary>What an uploaded file would change.</summary>
    public static string UploadChanges(string reference, Guid upload) => $"{Upload(reference)}/{upload:N}";

    /// <summary>The questions on paper, for a meeting.</summary>
    public static string Questionnaire(string reference) => $"{Assessment(reference)}/questionnaire";

    /// <summary>The questions of a stage on paper.</summary>
    public static string StageQuestionnaire(string stage) => $"/questionnaire/{stage}";

    public static string ResultsJson(string reference) => $"{Assessment(reference)}/results.json";

    public static string Delete(string reference) => $"{Assessment(reference)}/delete";

    public static string Claim(string reference) => $"{Assessment(reference)}/account";

    public static string Close(string reference) => $"{Assessment(reference)}/close";

    public static string AssessmentWorkshop(string reference) => $"{Assessment(reference)}/workshop";

    public static string RoundWorkshop(Guid round) => $"/rounds/{round:N}/workshop";

    public static string JoinBy(string code) => $"{Join}/{code}";

    /// <summary>The facilitator's view; to a partnership's people, what was decided.</summary>
    public static string Workshop(Guid id) => $"/workshops/{id:N}";

    public static string WorkshopScreen(Guid id) => $"{Workshop(id)}/screen";

    public static string WorkshopVote(Guid id) => $"{Workshop(id)}/vote";

    public static string WorkshopEvents(Guid id) => $"{Workshop(id)}/events";

    public static string WorkshopJoin(Guid id, string code) => $"{Workshop(id)}/join?code={code}";

    public static string WorkshopFacilitate(Guid id, string secret) => $"{Workshop(id)}/facilitate/{secret}";

    /// <summary>How an organisation, and the partnership, moved over rounds.</summary>
    public static string Trend(string reference) => $"/trends/{reference}";

    /// <summary>A plan: a programme’s joint one, or at an assessment its organisation’s own.</summary>
    public static string Plan(Data.Plans.PlanAddress address) => $"{(address.IsJoint ? Programme(address.Id) : Assessment(address.Id.ToString("N")))}/plan";

    public static string PlanNew(Data.Plans.PlanAddress address) => $"{Plan(address)}/new";

    /// <summary>Where a finding is put into a plan.</summary>
    public static string PlanFinding(Data.Plans.PlanAddress address) => $"{PlanNew(address)}?handler=Finding";

    public static string PlannedAction(Data.Plans.PlanAddress address, Guid action) => $"{Plan(address)}/actions/{action:N}";

    public static string Milestones(Data.Plans.PlanAddress address) => $"{Plan(address)}/milestones";

    public static string Milestone(Data.Plans.PlanAddress address, Guid milestone) => $"{Milestones(address)}/{milestone:N}";

    public static string PlanPrint(Data.Plans.PlanAddress address) => $"{Plan(address)}/print";

    public static string PlanWorkbook(Data.Plans.PlanAddress address) => $"{PlanReport(address)}.xlsx";

    public static string PlanCalendar(Data.Plans.PlanAddress address) => $"{Plan(address)}/plan.ics";

    public static string Comparison(string reference) => $"/comparisons/{reference}";

    public static string ComparedQuestion(string reference, Question question) => $"{Comparison(reference)}/questions/{question.Key.Replace('.', '/')}";

    public static string ComparisonPrint(string reference) => $"{Comparison(reference)}/print";

    public static string ComparisonJson(string reference) => $"{Comparison(reference)}/results.json";

    /// <summary>Where a report is chosen: how much of it, and as what.</summary>
    public static string Report(Reports.ReportSubject subject, string reference) => subject switch
    {
        Reports.ReportSubject.Results => $"{Assessment(reference)}/report",
        Reports.ReportSubject.Comparison => $"{Comparison(reference)}/report",
        Reports.ReportSubject.Trend => $"{Trend(reference)}/report",
        Reports.ReportSubject.Fit => $"{Fit(reference)}/report",
        Reports.ReportSubject.OwnPlan => $"{Assessment(reference)}/plan/report",
        Reports.ReportSubject.JointPlan => $"/programmes/{reference}/plan/report",
    };

    /// <summary>Where a report of a plan is chosen.</summary>
    public static string PlanReport(Data.Plans.PlanAddress address) => $"{Plan(address)}/report";

    /// <summary>A report as a page to print.</summary>
    public static string ReportOnPaper(Reports.ReportSubject subject, string reference, Reports.ReportChoice? choice = null) => (choice ?? Reports.ReportChoice.Full).On($"{Report(subject, reference)}/print");

    /// <summary>Where a PDF of a report is asked for.</summary>
    public static string NewPdf(Reports.ReportSubject subject, string reference) => $"{Report(subject, reference)}/pdf";

    /// <summary>How far a PDF is that somebody asked for.</summary>
    public static string Pdf(Reports.ReportSubject subject, string reference, string item) => $"{Report(subject, reference)}/pdfs/{item}";

    public static string PdfFile(Reports.ReportSubject subject, string reference, string item) => $"{Pdf(subject, reference, item)}/report.pdf";

    /// <summary>A report as a file; all of it where nothing is chosen.</summary>
    public static string Report(Reports.ReportSubject subject, string reference, string extension, Reports.ReportChoice? choice = null) => (choice ?? Reports.ReportChoice.Full).On($"{Report(subject, reference)}.{extension}");
}
