using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rasp.Data.Accounts;
using Rasp.Data.Programmes;

namespace Rasp.Data.Plans;

/// <summary>How far an action has got.</summary>
public enum ActionState
{
    ToDo = 0,
    Doing = 1,
    Done = 2,

    /// <summary>Decided against; it stays to be read.</summary>
    Dropped = 3,
}

/// <summary>A piece of work, of which a finding can have been the cause.</summary>
internal sealed class PlannedAction
{
    public const int WhatMaxLength = 1000;
    public const int WhyMaxLength = 2000;
    public const int PersonMaxLength = 200;

    public required Guid Id { get; init; }

    public required Guid PlanId { get; init; }

    public required string What { get; init; }

    public required string? Why { get; init; }

    /// <summary>The key of its area; null where it belongs to none.</summary>
    public required string? Area { get; init; }

    /// <summary>The question, by its key in full, whose finding it answers; null where somebody thought of it.</summary>
    public required string? Question { get; init; }

    /// <summary>The question's revision then; null where there is no question.</summary>
    public required int? Revision { get; init; }

    /// <summary>
    /// One's own level when it was made; null where none was known. A joint plan stores none: what partners may see of each other's answers they
    /// see as long as it is shown, and no longer.
    /// </summary>
    public required int? Level { get; init; }

    /// <summary>The round whose finding it answers; null where there is none.</summary>
    public required Guid? RoundId { get; init; }

    public required DateOnly? Due { get; init; }

    /// <summary>When the due date was set: nobody is reminded a week before of what was set since.</summary>
    public required DateTimeOffset DueSetAt { get; init; }

    public required ActionState State { get; init; }

    public required Guid? MilestoneId { get; init; }

    /// <summary>Who does it, as people call them; null where nobody was named.</summary>
    public required string? Person { get; init; }

    /// <summary>Who is reminded; null where the leads are.</summary>
    public required Guid? PersonId { get; init; }

    public required DateTimeOffset AddedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>Goes up with each change: nobody overwrites another's unseen.</summary>
    public int Version { get; init; } = 1;

    private sealed class Mapping : IEntityTypeConfiguration<PlannedAction>
    {
        public void Configure(EntityTypeBuilder<PlannedAction> builder)
        {
            builder.ToTable("PlannedActions");
            builder.Property(a => a.Id).ValueGeneratedNever();
            builder.Property(a => a.What).HasMaxLength(WhatMaxLength);
            builder.Property(a => a.Why).HasMaxLength(WhyMaxLength);
            builder.Property(a => a.Area).HasMaxLength(Assessment.KeyMaxLength);
            builder.Property(a => a.Question).HasMaxLength(3 * Assessment.KeyMaxLength);
            builder.Property(a => a.Person).HasMaxLength(PersonMaxLength);
            builder.HasIndex(a => new { a.PlanId, a.Question });
            builder.HasIndex(a => a.Due);
            builder.HasOne<Plan>().WithMany().HasForeignKey(a => a.PlanId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Round>().WithMany().HasForeignKey(a => a.RoundId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Milestone>().WithMany().HasForeignKey(a => a.MilestoneId).OnDelete(DeleteBehavior.SetNull);
            builder.HasOne<Person>().WithMany().HasForeignKey(a => a.PersonId).OnDelete(DeleteBehavior.SetNull);
        }
    }
}

/// <summary>An organisation that has taken an action of a joint plan on.</summary>
internal sealed class ActionOwner
{
    public required Guid Id { get; init; }

    public required Guid ActionId { get; init; }

    /// <summary>Null once it was erased.</summary>
    public required Guid? OrganisationId { get; init; }

    /// <summary>What it was called: it stays, so that nobody wonders whose the action was.</summary>
    public required string Name { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<ActionOwner>
    {
        public void Configure(EntityTypeBuilder<ActionOwner> builder)
        {
            builder.ToTable("ActionOwners");
            builder.Property(o => o.Id).ValueGeneratedNever();
            builder.Property(o => o.Name).HasMaxLength(Organisation.NameMaxLength);
            builder.HasIndex(o => new { o.ActionId, o.OrganisationId }).IsUnique();
            builder.HasOne<PlannedAction>().WithMany().HasForeignKey(o => o.ActionId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Organisation>().WithMany().HasForeignKey(o => o.OrganisationId).OnDelete(DeleteBehavior.SetNull);
        }
    }
}

/// <summary>What somebody wrote beside an action, and when. Notes are added, never changed.</summary>
internal sealed class ActionNote
{
    public const int TextMaxLength = 4000;

    public required Guid Id { get; init; }

    public required Guid ActionId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Who wrote it; null where nobody was signed in, or the account is gone.</summary>
    public required Guid? PersonId { get; init; }

    /// <summary>For which organisation, in a joint plan; null in others, and where it was erased.</summary>
    public required Guid? OrganisationId { get; init; }

    /// <summary>What that was called; null in other plans.</summary>
    public required string? Organisation { get; init; }

    public required string Text { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<ActionNote>
    {
        public void Configure(EntityTypeBuilder<ActionNote> builder)
        {
            builder.ToTable("ActionNotes");
            builder.Property(n => n.Id).ValueGeneratedNever();
            builder.Property(n => n.Organisation).HasMaxLength(Programmes.Organisation.NameMaxLength);
            builder.Property(n => n.Text).HasMaxLength(TextMaxLength);
            builder.HasIndex(n => n.ActionId);
            builder.HasOne<PlannedAction>().WithMany().HasForeignKey(n => n.ActionId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Person>().WithMany().HasForeignKey(n => n.PersonId).OnDelete(DeleteBehavior.SetNull);
            builder.HasOne<Organisation>().WithMany().HasForeignKey(n => n.OrganisationId).OnDelete(DeleteBehavior.SetNull);
        }
    }
}

/// <summary>When somebody is reminded of an action.</summary>
public enum ReminderKind
{
    InAWeek = 0,
    Today = 1,
    Overdue = 2,
}

/// <summary>That a reminder was written: its key is why none is written twice.</summary>
internal sealed class ActionReminder
{
    public required Guid ActionId { get; init; }

    public required Guid PersonId { get; init; }

    public required ReminderKind Kind { get; init; }

    /// <summary>The due date: whoever moves it is reminded of the new one.</summary>
    public required DateOnly Due { get; init; }

    public required DateTimeOffset At { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<ActionReminder>
    {
        public void Configure(EntityTypeBuilder<ActionReminder> builder)
        {
            builder.ToTable("ActionReminders");
            builder.HasKey(r => new { r.ActionId, r.PersonId, r.Kind, r.Due });
            builder.HasOne<PlannedAction>().WithMany().HasForeignKey(r => r.ActionId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Person>().WithMany().HasForeignKey(r => r.PersonId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
