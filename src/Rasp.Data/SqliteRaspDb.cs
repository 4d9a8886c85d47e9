using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Rasp.Data;

/// <summary>Rasp on SQLite.</summary>
public sealed class SqliteRaspDb(DbContextOptions<SqliteRaspDb> options) : RaspDb(options)
{
    /// <summary>For <c>dotnet ef</c> alone.</summary>
    internal sealed class DesignTime : IDesignTimeDbContextFactory<SqliteRaspDb>
    {
        public SqliteRaspDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqliteRaspDb>().UseSqlite("Data Source=:memory:").Options);
    }
}
