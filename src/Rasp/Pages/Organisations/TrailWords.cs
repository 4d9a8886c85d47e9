using Rasp.Data.Programmes;
using Rasp.Data.Teams;
using Rasp.Data.Trails;
using Rasp.Readiness.Sharing;

namespace Rasp.Pages.Organisations;

/// <summary>Lines of the trail as sentences.</summary>
public static class TrailWords
{
    public static string Of(SeenTrailLine line)
    {
        var programme = line.Programme ?? "a programme that is gone";
        var whom = line.Whom ?? "somebody";
        if (line.Kind is not { } kind) return $"{line.Who} did something that this version of Rasp has no words for";
        var did = kind switch
        {
            TrailKind.SignedIn => "signed in",
            TrailKind.AccountDeleted => "deleted an account",
            TrailKind.AdministratorMade => "became an administrator",
            TrailKind.OrganisationStarted => "started the organisation",
            TrailKind.MemberInvited => $"invited {whom} into the organisation",
            TrailKind.MemberJoined => $"joined as {Role(line.Detail)}",
            TrailKind.MemberRoleChanged => $"made {line.Whom ?? "themselves"} a {Role(line.Detail)}",
            TrailKind.MemberLeft => line.Whom is null ? "left the organisation" : $"took {line.Whom} out of the organisation",
            TrailKind.OrganisationErased => "erased the organisation",
            TrailKind.OrganisationTakenAway => "downloaded all that is the organisation’s",
            TrailKind.OrganisationRenamed => "changed the organisation’s name",
            TrailKind.ProgrammeStarted => $"started {programme}",
            TrailKind.ProgrammeChanged => $"changed what {programme} says of itself",
            TrailKind.PartnerInvited => $"invited {whom} into {programme}",
            TrailKind.PartnerJoined => $"brought the organisation into {programme}",
            TrailKind.InvitationDeclined => line.Programme is null ? "declined the invitation" : $"declined the invitation into {line.Programme}",
            TrailKind.InvitationWithdrawn => $"took back the invitation of {whom}",
            TrailKind.PartnerLeft => $"took the organisation out of {programme}",
            TrailKind.FacilitatorInvited => $"invited {whom} to facilitate {programme}",
            TrailKind.FacilitatorJoined => $"became facilitator of {programme}",
            TrailKind.FacilitatorLeft => line.Whom is null ? $"stopped facilitating {programme}" : $"ended the part of {line.Whom} as facilitator of {programme}",
            TrailKind.RoundOpened => $"opened a round of {programme}",
            TrailKind.HealthCheckScheduled => $"had rounds of {programme} open by themselves",
            TrailKind.HealthCheckUnscheduled => $"no longer had rounds of {programme} open by themselves",
            TrailKind.ClosingDateChanged => $"moved the closing date of {programme}",
            TrailKind.Nudged => $"asked those who had not sealed in {programme} to go on",
            TrailKind.Sealed => $"sealed what the organisation answered in {programme}, to show {Shown(line.Detail)}. Seal: {line.Detail?.Split(' ')[^1]}",
            TrailKind.Unsealed => $"opened the seal in {programme}",
            TrailKind.DepthChosen => $"chose to show {Shown(line.Detail)} in {programme}",
            TrailKind.CloseProposed => $"proposed to open the round of {programme} without the missing",
            TrailKind.CloseConfirmed => $"agreed to open the round of {programme} without the missing",
            TrailKind.CloseProposalWithdrawn => $"took back the proposal to open the round of {programme} without the missing",
            TrailKind.Revealed => $"opened the round of {programme}: partners see {Shown(line.Detail)}, as far as they show it themselves",
            TrailKind.Withdrawn => $"withdrew what partners saw in {programme}",
            TrailKind.CorrectionStarted => $"began to correct what partners see in {programme}",
            TrailKind.CorrectionDropped => $"gave up the correction in {programme}",
            TrailKind.ComparisonRead => $"was shown the comparison of {programme}, with what this organisation shows",
            TrailKind.SealRead => $"was shown the seals of {programme}, with what this organisation shows",
            TrailKind.ComparisonExported => $"downloaded the comparison of {programme}, with what this organisation shows",
            TrailKind.WorkshopOpened => line.Programme is null ? "opened a workshop" : $"opened a workshop of {line.Programme}",
            TrailKind.WorkshopClosed => line.Programme is null ? "closed a workshop" : $"closed a workshop of {line.Programme}",
            TrailKind.AttributionChosen => line.Detail == nameof(Attribution.Named)
                ? "invited colleagues to answer: the organisation’s team sees who answered what"
                : "invited colleagues to answer: nobody sees another person’s answers",
            TrailKind.RespondentInvited => line.Detail == TeamDesk.OnPaperDetail ? "added somebody who answers on paper" : $"invited {whom} to answer",
            TrailKind.RespondentJoined => "came in to answer",
            TrailKind.RespondentRemoved => line.Whom is null ? "stopped answering: what they had answered is kept" : $"took {line.Whom} out of those who answer, and kept what they had answered",
            TrailKind.AnswersErased => line.Detail == TeamDesk.OnPaperDetail ? "erased what somebody had answered on paper" : line.Whom is null ? "erased what they had answered" : $"erased what {line.Whom} had answered",
            TrailKind.AnswersOpened => "opened the anonymous answers: leads see their spread",
            TrailKind.CandidateInvited => $"invited {whom} to find out whether it should join {programme}",
            TrailKind.CandidateBegan => $"brought the organisation to {programme}, to find out whether it should join",
            TrailKind.JoiningDepthChosen => $"chose to show {Shown(line.Detail)} to an organisation that asks to join {programme}",
            TrailKind.JoiningBaseMoved => $"held an organisation that asks to join {programme} to a newer round",
            TrailKind.JoiningEnded => line.Detail switch
            {
                "Joined" => $"recorded that an organisation has joined {programme}",
                "NotNow" => $"recorded that an organisation does not join {programme} now",
                _ => $"recorded that an organisation no longer asks to join {programme}",
            },
            TrailKind.FitRead => $"was shown how an organisation would fit into {programme}, with what this organisation shows",
            TrailKind.FitExported => $"downloaded how an organisation would fit into {programme}, with what this organisation shows",
            TrailKind.ShownToCandidate => $"opened {programme} to an organisation that asks to join: it sees {Shown(line.Detail)}, as far as it shows it itself",
            TrailKind.WithdrawnFromCandidate => $"took back what an organisation that asks to join {programme} saw",
            TrailKind.SigningKeyRetired => "retired the key that signs what is taken away",
            TrailKind.TokenMade => line.Whom is null ? "made a token for other programs" : $"made the token “{line.Whom}”",
            TrailKind.TokenRevoked => "ended a token",
            TrailKind.TokenUsed => line.Whom is null ? "had a token used that day" : $"had the token “{line.Whom}” used that day",
            TrailKind.AnswersUploaded => "uploaded a file of answers, and confirmed what it changes",
            TrailKind.ExchangeKeysMade => $"made keys for the organisation, to take part in {programme} with partners on other servers",
            TrailKind.PartnerElsewhereIntroduced => $"brought in the introduction of a partner on another server to {programme}. {Key(line.Detail)}",
            TrailKind.PartnerElsewhereConfirmed => $"confirmed the key of a partner on another server in {programme}. {Key(line.Detail)}",
            TrailKind.PartnerElsewhereRemoved => $"took a partner on another server out of {programme}. {Key(line.Detail)}",
            TrailKind.SealForElsewhere => $"downloaded the organisation’s seal for partners on other servers in {programme}",
            TrailKind.SealFromElsewhere => $"brought in the seal of a partner on another server to {programme}. {Key(line.Detail)}",
            TrailKind.BundleReleased => $"released {Shown(line.Detail)} to a partner on another server in {programme}. {Key(line.Detail)}",
            TrailKind.BundleTaken => $"downloaded a bundle that was released to a partner on another server in {programme}",
            TrailKind.BundleReceived => $"brought in what a partner on another server released to this organisation in {programme}. {Key(line.Detail)}",
            TrailKind.ReceivedTaken => $"downloaded what a partner on another server released to this organisation in {programme}",
            TrailKind.ElsewhereRead => $"was shown what a partner on another server released to this organisation in {programme}. {Key(line.Detail)}",
            TrailKind.RoundOpenedToPartners => $"opened a round of {programme} to all who had sealed",
            TrailKind.AreaSignedOff => $"signed off {line.Detail} as the organisation’s answer",
        };
        return $"{line.Who} {did}";
    }

    /// <summary>Whose key it is, which stands last in what was noted, in the groups in which people read it to each other.</summary>
    private static string Key(string? detail) => $"Key: {(detail is null ? "not noted" : ExchangeKey.InGroups(detail.Split(' ')[^1]))}";

    private static string Role(string? detail) => detail == nameof(MemberRole.Lead) ? "lead" : "contributor";

    /// <summary>What a depth shows of an organisation, within a sentence.</summary>
    public static string What(Depth depth) => depth switch
    {
        Depth.Nothing => "nothing",
        Depth.Areas => "its areas",
        Depth.Questions => "its areas, levels, stances and findings",
        Depth.Everything => "everything, its notes and evidence too",
    };

    private static string Shown(string? detail) => Depths.Parse(detail?.Split(' ')[0]) is { } depth ? What(depth) : "something";
}
