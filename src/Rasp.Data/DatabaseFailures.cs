using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Rasp.Data;

/// <summary>What may go wrong between us and the database.</summary>
public static class DatabaseFailures
{
    /// <summary>Whether the database is at fault: what passes by itself, Npgsql's strategy wraps into another exception.</summary>
    public static bool IsOfDatabase(this Exception failure) =>
        failure is DbException or DbUpdateException or InvalidOperationException { InnerException: DbException or DbUpdateException or TimeoutException };
}
