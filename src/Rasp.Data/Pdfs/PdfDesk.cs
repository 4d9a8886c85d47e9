using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace Rasp.Data.Pdfs;

/// <summary>Which report is to be a PDF, as its address says it.</summary>
public sealed record PdfOf(string Subject, string Reference, string Choice);

/// <summary>A PDF as whoever asked for it sees it.</summary>
/// <param name="Id">What its address holds.</param>
/// <param name="Of">Of which report.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Digest">SHA-256 of the page that is printed.</param>
/// <param name="AskedAt">When it was asked for, and what it shows was so.</param>
/// <param name="ExpiresAt">When it is erased.</param>
public sealed record AskedPdf(Guid Id, PdfOf Of, PdfState State, byte[] Digest, DateTimeOffset AskedAt, DateTimeOffset ExpiresAt);

/// <summary>A PDF that is to be printed now, by whoever took it.</summary>
public sealed record PdfToPrint(Guid Id, byte[] Html, int Tries);

/// <summary>PDFs are asked for, printed one after the other in the background, fetched by who asked and erased after a while. Several servers take each once.</summary>
public sealed class PdfDesk(Database database, TimeProvider clock)
{
    /// <summary>From when it is ready, or for waiting.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);

    /// <summary>So many wait for one person, or of one report where nobody is signed in.</summary>
    public const int MostWaiting = 3;

    /// <summary>So many wait for all together.</summary>
    private const int MostWaitingForAll = 100;

    /// <summary>A server that dies while it prints may not be the fault of what it prints. Twice is.</summary>
    private const int MostTries = 2;

    /// <summary>Longer than printing may take: nobody else prints the same meanwhile, and a crash does not lose it.</summary>
    public static readonly TimeSpan Claim = TimeSpan.FromMinutes(3);

    private readonly Bell bell = new(clock);

    /// <summary>Asks for one; gives its id, or that of the same where it was asked for already. Null where too many wait.</summary>
    /// <param name="person">Who asks; null where nobody is signed in.</param>
    /// <param name="of">Of which report.</param>
    /// <param name="askedAt">As of when the report is.</param>
    /// <param name="html">The page to print.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<Guid?> AskAsync(Guid? person, PdfOf of, DateTimeOffset askedAt, byte[] html, CancellationToken cancellation)
    {
        var (now, digest) = (clock.GetUtcNow(), SHA256.HashData(html));
        await using var db = database.Open();
        var same = await db.Pdfs.AsNoTracking().Where(p => p.PersonId == person && p.Subject == of.Subject && p.Reference == of.Reference && p.Choice == of.Choice && p.ExpiresAt > now && p.State < PdfState.Failed)
            .Select(p => new { p.Id, p.Digest }).ToListAsync(cancellation);
        if (same.FirstOrDefault(p => p.Digest.AsSpan().SequenceEqual(digest)) is { } asked) return asked.Id;

        var waiting = db.Pdfs.Where(p => p.ExpiresAt > now && (p.State == PdfState.Waiting || p.State == PdfState.Printing));
        if (await waiting.CountAsync(p => p.PersonId == person && (person != null || p.Reference == of.Reference), cancellation) >= MostWaiting || await waiting.CountAsync(cancellation) >= MostWaitingForAll) return null;
        var id = Guid.NewGuid();
        db.Pdfs.Add(new()
        {
            Id = id,
            PersonId = person,
            AssessmentId = Guid.TryParseExact(of.Reference, "N", out var reference) && await db.Assessments.AnyAsync(a => a.Id == reference, cancellation) ? reference : null,
            Subject = of.Subject,
            Reference = of.Reference,
            Choice = of.Choice,
            Digest = digest,
            AskedAt = askedAt,
            ExpiresAt = now + KeptFor,
            Html = html,
        });
        await db.SaveChangesAsync(cancellation);
        bell.Ring();
        return id;
    }

    /// <summary>One that this person asked for, or that was asked for without an account; null where there is none.</summary>
    public async Task<AskedPdf?> FindAsync(Guid id, Guid? person, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var db = database.Open();
        return await db.Pdfs.AsNoTracking().Where(p => p.Id == id && p.ExpiresAt > now && (p.PersonId == null || p.PersonId == person))
            .Select(p => new AskedPdf(p.Id, new(p.Subject, p.Reference, p.Choice), p.State, p.Digest, p.AskedAt, p.ExpiresAt)).SingleOrDefaultAsync(cancellation);
    }

    /// <summary>The file; null where it is not ready, or gone.</summary>
    public async Task<byte[]?> FileAsync(Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open();
        return await db.Pdfs.AsNoTracking().Where(p => p.Id == id && p.State == PdfState.Ready).Select(p => p.File).SingleOrDefaultAsync(cancellation);
    }

    /// <summary>Erases the content of one whose report comes to something else by now; that it was asked for stays, to say so.</summary>
    public async Task OutdateAsync(Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open();
        await db.Pdfs.Where(p => p.Id == id).OutdateAsync(cancellation);
    }

    /// <summary>Erases those whose time is over.</summary>
    public async Task EraseExpiredAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var db = database.Open();
        await db.Pdfs.Where(p => p.ExpiresAt <= now).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>Takes the next that is to be printed; null where none is.</summary>
    public async Task<PdfToPrint?> TakeAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        while (true)
        {
            var now = clock.GetUtcNow();
            var due = await db.Pdfs.AsNoTracking().Where(p => p.ExpiresAt > now && (p.State == PdfState.Waiting || (p.State == PdfState.Printing && p.ClaimedUntil <= now)))
                .OrderBy(p => p.AskedAt).ThenBy(p => p.Id).Select(p => new { p.Id, p.State, p.Tries, p.Html }).FirstOrDefaultAsync(cancellation);
            if (due is null) return null;
            var mine = db.Pdfs.Where(p => p.Id == due.Id && p.State == due.State && p.Tries == due.Tries);
            if (due.Tries >= MostTries)
            {
                await EndAsync(mine, PdfState.Failed, null, cancellation);
                continue;
            }
            DateTimeOffset? until = now + Claim;
            if (await mine.ExecuteUpdateAsync(p => p.SetProperty(x => x.State, PdfState.Printing).SetProperty(x => x.Tries, due.Tries + 1).SetProperty(x => x.ClaimedUntil, until), cancellation) == 1)
            {
                return new(due.Id, due.Html!, due.Tries + 1);
            }
        }
    }

    /// <summary>Notes that one was printed; what was to be printed goes.</summary>
    public async Task ReadyAsync(PdfToPrint pdf, byte[] file)
    {
        await using var db = database.Open();
        await EndAsync(Of(db, pdf), PdfState.Ready, file, default);
    }

    /// <summary>Notes that one could not be printed.</summary>
    public async Task FailedAsync(PdfToPrint pdf)
    {
        await using var db = database.Open();
        await EndAsync(Of(db, pdf), PdfState.Failed, null, default);
    }

    /// <summary>Gives one back that a server which stops did not get to print: the next that looks takes it.</summary>
    public async Task GiveBackAsync(PdfToPrint pdf)
    {
        await using var db = database.Open();
        await Of(db, pdf).ExecuteUpdateAsync(p => p.SetProperty(x => x.State, PdfState.Waiting).SetProperty(x => x.Tries, pdf.Tries - 1).SetProperty(x => x.ClaimedUntil, (DateTimeOffset?)null));
    }

    /// <summary>Waits until one was asked for here, or for a while: another server may have been asked, or have died.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellation) => bell.WaitAsync(atMost, cancellation);

    private static IQueryable<Pdf> Of(RaspDb db, PdfToPrint pdf) => db.Pdfs.Where(p => p.Id == pdf.Id && p.State == PdfState.Printing && p.Tries == pdf.Tries);

    private Task<int> EndAsync(IQueryable<Pdf> which, PdfState state, byte[]? file, CancellationToken cancellation)
    {
        var until = clock.GetUtcNow() + KeptFor;
        return which.ExecuteUpdateAsync(p => p
            .SetProperty(x => x.State, state).SetProperty(x => x.Html, (byte[]?)null).SetProperty(x => x.File, file).SetProperty(x => x.ClaimedUntil, (DateTimeOffset?)null).SetProperty(x => x.ExpiresAt, until), cancellation);
    }
}

internal static class PdfQueries
{
    /// <summary>Erases the content of what was made of programmes' rounds, where a partner takes back what it showed: whoever asked for it asks again.</summary>
    public static async Task OutdatePdfsAsync(this RaspDb db, IReadOnlyCollection<Guid> programmes, CancellationToken cancellation)
    {
        var references = (await db.Rounds.Where(r => programmes.Contains(r.ProgrammeId)).Select(r => r.Id).ToListAsync(cancellation)).Concat(programmes).Select(id => id.ToString("N")).ToList();
        await db.Pdfs.Where(p => p.AssessmentId == null && references.Contains(p.Reference)).OutdateAsync(cancellation);
    }

    public static Task<int> OutdateAsync(this IQueryable<Pdf> pdfs, CancellationToken cancellation) =>
        pdfs.ExecuteUpdateAsync(p => p.SetProperty(x => x.State, PdfState.Outdated).SetProperty(x => x.Html, (byte[]?)null).SetProperty(x => x.File, (byte[]?)null), cancellation);
}
