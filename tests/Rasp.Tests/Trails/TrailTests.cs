using Microsoft.EntityFrameworkCore;
using Rasp.Data;
using Rasp.Data.Trails;
using Rasp.Readiness.Sharing;
using Rasp.Tests.Accounts;
using Rasp.Tests.Programmes;

namespace Rasp.Tests.Trails;

/// <summary>What is done is noted, in a chain that can't be changed unseen (sharing.md 9).</summary>
public sealed class TrailTests
{
    [Theory, Engines]
    public async Task An_empty_trail_is_sound(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        Assert.Equal(new TrailCheck(0, new('0', 64), null), await host.VerifyTrailAsync());
    }

    [Theory]
    [Engines("""UPDATE "Trail" SET "Kind" = 'Unsealed' WHERE "Number" = 3""", "Line 3 (")]
    [Engines("""UPDATE "Trail" SET "At" = "At" + 1 WHERE "Number" = 3""", "Line 3 (")]
    [Engines("""UPDATE "Trail" SET "Actor" = (SELECT "Organisation" FROM "Trail" WHERE "Number" = 1) WHERE "Number" = 3""", "Line 3 (")]
    [Engines("""UPDATE "Trail" SET "Subject" = NULL WHERE "Subject" IS NOT NULL""", "Line 4 (")]
    [Engines("""UPDATE "Trail" SET "Detail" = 'nothing' WHERE "Number" = 3""", "Line 3 (")]
    [Engines("""UPDATE "Trail" SET "Hash" = (SELECT "Hash" FROM "Trail" WHERE "Number" = 1) WHERE "Number" = 3""", "Line 3 (")]
    [Engines("""DELETE FROM "Trail" WHERE "Number" = 3""", "Line 3 is missing: the next is 4.")]
    [Engines("""DELETE FROM "Trail" WHERE "Number" = 3""", "Line 3 (", """UPDATE "Trail" SET "Number" = "Number" - 1 WHERE "Number" = 4""")]
    [Engines("""DELETE FROM "Trail" WHERE "Number" >= 4""", "Line 4 is missing, and all up to line 6: the end of the trail was cut off.")]
    [Engines("""DELETE FROM "Trail" WHERE "Number" >= 4""", "The trail's last line is not the one that was written last.", """UPDATE "TrailHead" SET "Number" = 3""")]
    [Engines("""DELETE FROM "Trail" """, "Line 1 is missing, and all up to line 6")]
    [Engines("""DELETE FROM "TrailHead" """, "The note of the trail's last line is missing.")]
    [Engines("""INSERT INTO "Trail" ("Number", "At", "Kind", "Hash") SELECT 7, "At", "Kind", "Hash" FROM "Trail" WHERE "Number" = 6""", "Lines were put in after the last.")]
    [Engines("""INSERT INTO "Trail" ("Number", "At", "Kind", "Hash") SELECT 0, "At", "Kind", "Hash" FROM "Trail" WHERE "Number" = 6""", "A line 0 was put in before the first.")]
    public async Task Whatever_is_changed_removed_put_in_or_cut_off_is_found(Engine engine, string change, string fault, string? then = null)
    {
        await using var host = await RaspHost.StartAsync(engine);
        await (await Consortium.StartAsync(host, "Powys", "Torfaen")).CouncilAsync("Gwent");
        Assert.Equal((6, null), await host.VerifyTrailAsync() is var sound ? (sound.Lines, sound.Fault) : default);
        await host.QueryAsync<int>(change);
        if (then is not null) await host.QueryAsync<int>(then);
        Assert.StartsWith(fault, (await host.VerifyTrailAsync()).Fault, StringComparison.Ordinal);
    }

    [Theory, Engines]
    public async Task A_trail_that_was_written_anew_does_not_lead_through_what_was_noted(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        await Consortium.StartAsync(host, "Powys");
        var noted = Convert.FromHexString((await host.VerifyTrailAsync()).Hash);
        await Consortium.StartAsync(host, "Torfaen");
        Assert.Null((await host.AskAsync((RaspDb db) => Trail.VerifyAsync(db, noted))).Fault);
        Assert.Null((await host.AskAsync((RaspDb db) => Trail.VerifyAsync(db, Trail.Beginning))).Fault);

        await host.QueryAsync<int>("""DELETE FROM "Trail" """);
        await host.QueryAsync<int>($"""UPDATE "TrailHead" SET "Number" = 0, "Hash" = {(engine == Engine.Postgres ? $"'\\x{new string('0', 64)}'" : $"x'{new string('0', 64)}'")}""");
        await Consortium.StartAsync(host, "Gwent");
        Assert.Null((await host.VerifyTrailAsync()).Fault);
        Assert.StartsWith("The trail does not lead through the hash", (await host.AskAsync((RaspDb db) => Trail.VerifyAsync(db, noted))).Fault, StringComparison.Ordinal);
    }

    [Theory, Engines]
    public async Task Every_way_in_and_what_accounts_do_is_noted(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var (visitor, administrator) = (host.NewVisitor(), host.NewVisitor());
        await visitor.SignInAsync(host);
        await administrator.AdministrateAsync(host);
        Assert.Equal(["SignedIn", "AdministratorMade", "SignedIn"], await host.TrailAsync());
        var deleting = await visitor.GetAsync(Links.DeleteAccount);
        await visitor.SubmitAsync(deleting, "Delete my account", ("IsSure", "true"));
        Assert.Equal("AccountDeleted", (await host.TrailAsync())[^1]);
        Assert.Null((await host.VerifyTrailAsync()).Fault);
        // No name stands in it.
        Assert.DoesNotContain("jo@example", await host.DumpAsync() is var dump ? string.Join('\n', dump.Split('\n').Where(l => l.StartsWith("Trail|", StringComparison.Ordinal))) : "", StringComparison.Ordinal);
    }

    [Theory, Engines]
    public async Task What_is_undone_leaves_no_line(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.WithRoundAsync(host, "Powys", "Torfaen");
        await consortium.AnswerAsync(consortium[0], 3, most: 1);
        await consortium.AnswerAsync(consortium[1], 3, most: 1);
        await consortium.SealAsync(consortium[0], Depth.Areas);
        var before = await host.TrailAsync();
        await consortium.SealAsync(consortium[1], Depth.Areas, knowsItReveals: false);
        Assert.Equal(before, await host.TrailAsync());
        await consortium.SealAsync(consortium[1], Depth.Areas);
        Assert.Equal([.. before, "Sealed", "Revealed", "Revealed"], await host.TrailAsync());
        Assert.All(await host.AskAsync((RaspDb db) => db.Trail.AsNoTracking().Where(e => e.Kind == "Sealed").Select(e => e.Detail!).ToListAsync()), d => Assert.Matches("^areas [0-9a-f]{64}$", d));
    }
}
