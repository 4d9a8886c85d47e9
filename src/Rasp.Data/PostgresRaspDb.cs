using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Rasp.Data;

/// <summary>Rasp on PostgreSQL.</summary>
public sealed class PostgresRaspDb(DbContextOptions<PostgresRaspDb> options) : RaspDb(options)
{
    /// <summary>For <c>dotnet ef</c> alone.</summary>
    internal sealed class DesignTime : IDesignTimeDbContextFactory<PostgresRaspDb>
    {
        public PostgresRaspDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<PostgresRaspDb>().UseNpgsql("Host=localhost").Options);
    }
}
