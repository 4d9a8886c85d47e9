using System.Data.Common;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Rasp.Data.Accounts;
using Rasp.Data.Agreements;
using Rasp.Data.Exchanges;
using Rasp.Data.Joinings;
using Rasp.Data.Pdfs;
using Rasp.Data.Plans;
using Rasp.Data.Programmes;
using Rasp.Data.Rounds;
using Rasp.Data.Signing;
using Rasp.Data.Teams;
using Rasp.Data.Tokens;
using Rasp.Data.Trails;
using Rasp.Data.Uploads;
using Rasp.Data.Workshops;

namespace Rasp.Data;

/// <summary>
/// Everything that is stored. One empty subclass per database, so that each has its own migrations. Answers are internal:
/// outside this project the only ways to them are <see cref="Answering"/> and <see cref="Seen"/>, and to what was sealed <see cref="RoundLens"/>.
/// </summary>
public abstract class RaspDb(DbContextOptions options)
    : IdentityUserContext<Person, Guid, IdentityUserClaim<Guid>, IdentityUserLogin<Guid>, IdentityUserToken<Guid>, IdentityUserPasskey<Guid>>(options), IDataProtectionKeyContext
{
    public DbSet<Assessment> Assessments => Set<Assessment>();

    public DbSet<StoredInstrument> Instruments => Set<StoredInstrument>();

    /// <summary>The keys that protect cookies and tokens: here, so that they survive restarts and every server has the same.</summary>
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    public DbSet<Organisation> Organisations => Set<Organisation>();

    public DbSet<Membership> Memberships => Set<Membership>();

    public DbSet<Programme> Programmes => Set<Programme>();

    public DbSet<Partner> Partners => Set<Partner>();

    public DbSet<Facilitator> Facilitators => Set<Facilitator>();

    public DbSet<Invitation> Invitations => Set<Invitation>();

    public DbSet<Round> Rounds => Set<Round>();

    public DbSet<Consent> Consents => Set<Consent>();

    public DbSet<Notice> Notices => Set<Notice>();

    public DbSet<ErasedPartner> ErasedPartners => Set<ErasedPartner>();

    public DbSet<JoiningConsent> JoiningConsents => Set<JoiningConsent>();

    public DbSet<JoiningOutcome> JoiningOutcomes => Set<JoiningOutcome>();

    public DbSet<TrailEntry> Trail => Set<TrailEntry>();

    internal DbSet<TrailHead> TrailHeads => Set<TrailHead>();

    internal DbSet<Pdf> Pdfs => Set<Pdf>();

    internal DbSet<SigningKey> SigningKeys => Set<SigningKey>();

    internal DbSet<Seal> Seals => Set<Seal>();

    internal DbSet<Session> Sessions => Set<Session>();

    internal DbSet<SignInOffer> SignInOffers => Set<SignInOffer>();

    internal DbSet<Token> Tokens => Set<Token>();

    internal DbSet<Mail> Mails => Set<Mail>();

    internal DbSet<Respondent> Respondents => Set<Respondent>();

    internal DbSet<AnswerRow> Answers => Set<AnswerRow>();

    internal DbSet<Upload> Uploads => Set<Upload>();

    internal DbSet<CarriedAnswer> CarriedAnswers => Set<CarriedAnswer>();

    internal DbSet<OpenedAnswer> OpenedAnswers => Set<OpenedAnswer>();

    internal DbSet<AgreedAnswer> AgreedAnswers => Set<AgreedAnswer>();

    internal DbSet<SignOff> SignOffs => Set<SignOff>();

    internal DbSet<Workshop> Workshops => Set<Workshop>();

    internal DbSet<Seat> Seats => Set<Seat>();

    internal DbSet<Ballot> Ballots => Set<Ballot>();

    internal DbSet<Vote> Votes => Set<Vote>();

    internal DbSet<Decision> Decisions => Set<Decision>();

    internal DbSet<Plan> Plans => Set<Plan>();

    internal DbSet<PlannedAction> PlannedActions => Set<PlannedAction>();

    internal DbSet<ActionOwner> ActionOwners => Set<ActionOwner>();

    internal DbSet<ActionNote> ActionNotes => Set<ActionNote>();

    internal DbSet<ActionReminder> ActionReminders => Set<ActionReminder>();

    internal DbSet<Milestone> Milestones => Set<Milestone>();

    public DbSet<PartnerElsewhere> PartnersElsewhere => Set<PartnerElsewhere>();

    internal DbSet<ExchangeKeys> ExchangeKeys => Set<ExchangeKeys>();

    internal DbSet<SealElsewhere> SealsElsewhere => Set<SealElsewhere>();

    internal DbSet<ReleasedBundle> ReleasedBundles => Set<ReleasedBundle>();

    internal DbSet<ReceivedBundle> ReceivedBundles => Set<ReceivedBundle>();

    /// <summary>The same however it is opened: else Identity takes it from the options of whoever opens it, and its first version where there are none.</summary>
    protected override Version SchemaVersion => IdentitySchemaVersions.Version3;

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        // Identity's, which nothing here uses.
        builder.Ignore<IdentityUserClaim<Guid>>();
        builder.Ignore<IdentityUserToken<Guid>>();
        builder.ApplyConfigurationsFromAssembly(typeof(RaspDb).Assembly);
    }

    /// <summary>Times are ticks of UTC: SQLite can neither order nor compare dates with an offset.</summary>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();

    private sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(time => time.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
}

/// <summary>Parameters for commands that both databases run as they are.</summary>
internal static class Parameters
{
    public static DbCommand With(this DbCommand command, string name, System.Data.DbType type, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.DbType = type;
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
        return command;
    }
}
