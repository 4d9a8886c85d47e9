using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rasp.Data.Trails;

/// <summary>What happened. The names are stored: they never change.</summary>
public enum TrailKind
{
    SignedIn = 1,
    AccountDeleted = 2,
    AdministratorMade = 3,
    OrganisationStarted = 10,
    MemberInvited = 11,
    MemberJoined = 12,
    MemberRoleChanged = 13,
    MemberLeft = 14,
    OrganisationErased = 15,
    OrganisationTakenAway = 16,
    OrganisationRenamed = 17,
    ProgrammeStarted = 20,
    ProgrammeChanged = 21,
    PartnerInvited = 22,
    PartnerJoined = 23,
    InvitationDeclined = 24,
    InvitationWithdrawn = 25,
    PartnerLeft = 26,
    FacilitatorInvited = 27,
    FacilitatorJoined = 28,
    FacilitatorLeft = 29,
    RoundOpened = 30,
    ClosingDateChanged = 31,
    Nudged = 32,
    Sealed = 40,
    Unsealed = 41,
    DepthChosen = 42,
    CloseProposed = 43,
    CloseConfirmed = 44,
    CloseProposalWithdrawn = 45,
    Revealed = 46,
    Withdrawn = 47,
    CorrectionStarted = 48,
    CorrectionDropped = 49,
    ComparisonRead = 50,
    SealRead = 51,
    ComparisonExported = 52,
    WorkshopOpened = 60,
    WorkshopClosed = 61,
    AttributionChosen = 70,
    RespondentInvited = 71,
    RespondentJoined = 72,
    RespondentRemoved = 73,
    AnswersErased = 74,
    AnswersOpened = 75,
    AreaSignedOff = 76,
    HealthCheckScheduled = 80,
    HealthCheckUnscheduled = 81,
    CandidateInvited = 100,
    CandidateBegan = 101,
    JoiningDepthChosen = 102,
    JoiningBaseMoved = 103,
    JoiningEnded = 104,
    FitRead = 105,
    ShownToCandidate = 106,
    WithdrawnFromCandidate = 107,
    FitExported = 108,
    AnswersUploaded = 110,
    TokenMade = 120,
    TokenRevoked = 121,

    /// <summary>Once a day.</summary>
    TokenUsed = 122,
    ExchangeKeysMade = 130,
    PartnerElsewhereIntroduced = 131,
    PartnerElsewhereConfirmed = 132,
    PartnerElsewhereRemoved = 133,
    SealForElsewhere = 134,
    SealFromElsewhere = 135,
    BundleReleased = 136,
    BundleTaken = 137,
    BundleReceived = 138,
    ReceivedTaken = 139,
    SigningKeyRetired = 140,
    ElsewhereRead = 141,
    RoundOpenedToPartners = 142,
}

/// <summary>
/// One line of the trail. Who and what are random ids, so that a name can be erased elsewhere without breaking the chain: each line's
/// hash covers the one before.
/// </summary>
public sealed class TrailEntry
{
    public const int KindMaxLength = 40;
    public const int DetailMaxLength = 200;

    /// <summary>From 1, without gaps.</summary>
    public required long Number { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Kind { get; init; }

    /// <summary>Who did it; null where Rasp did by itself, or where nobody was signed in.</summary>
    public required Guid? Actor { get; init; }

    /// <summary>Whose part of the trail it belongs to; null where to no organisation's.</summary>
    public required Guid? Organisation { get; init; }

    public required Guid? Programme { get; init; }

    /// <summary>What it was done to: a person, an assessment, a round.</summary>
    public required Guid? Subject { get; init; }

    /// <summary>A word more, never an answer and never a name; null where there is none.</summary>
    public required string? Detail { get; init; }

    public required byte[] Hash { get; init; }

    internal TrailLine Line => new(Number, At, Kind, Actor, Organisation, Programme, Subject, Detail);

    internal static TrailEntry Of(TrailLine line, byte[] hash) => new()
    {
        Number = line.Number,
        At = line.At,
        Kind = line.Kind,
        Actor = line.Actor,
        Organisation = line.Organisation,
        Programme = line.Programme,
        Subject = line.Subject,
        Detail = line.Detail,
        Hash = hash,
    };

    private sealed class Mapping : IEntityTypeConfiguration<TrailEntry>
    {
        public void Configure(EntityTypeBuilder<TrailEntry> builder)
        {
            builder.ToTable("Trail");
            builder.HasKey(e => e.Number);
            builder.Property(e => e.Number).ValueGeneratedNever();
            builder.Property(e => e.Kind).HasMaxLength(KindMaxLength);
            builder.Property(e => e.Detail).HasMaxLength(DetailMaxLength);
            builder.Ignore(e => e.Line);
            builder.HasIndex(e => e.Organisation);
        }
    }
}

/// <summary>What a line of the trail says.</summary>
internal sealed record TrailLine(long Number, DateTimeOffset At, string Kind, Guid? Actor, Guid? Organisation, Guid? Programme, Guid? Subject, string? Detail)
{
    /// <summary>SHA-256 of the hash before and, directly after it, this line as a JSON array.</summary>
    public byte[] HashAfter(byte[] before)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes<string?[]>(
        [
            Number.ToString(CultureInfo.InvariantCulture), At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), Kind,
            Actor?.ToString("N"), Organisation?.ToString("N"), Programme?.ToString("N"), Subject?.ToString("N"), Detail,
        ]);
        return SHA256.HashData([.. before, .. line]);
    }
}

/// <summary>The last line's number and hash, in one row: writing a line changes it, so that lines are written one after the other.</summary>
internal sealed class TrailHead
{
    public const int OnlyId = 1;

    public required int Id { get; init; }

    public required long Number { get; set; }

    public required byte[] Hash { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<TrailHead>
    {
        public void Configure(EntityTypeBuilder<TrailHead> builder)
        {
            builder.ToTable("TrailHead");
            builder.Property(h => h.Id).ValueGeneratedNever();
            builder.HasData(new TrailHead { Id = OnlyId, Number = 0, Hash = Trail.Beginning });
        }
    }
}
