using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Rasp.Bench;

/// <summary>Counts the commands that SQLite runs in this process, whoever gives them: EF Core's log knows only of its own. Settings of a connection (PRAGMA) are not counted.</summary>
internal static unsafe partial class DatabaseCommands
{
    private const uint Statements = 1;

    private static int count;

    public static int Count => Volatile.Read(ref count);

    /// <summary>From now on, for every connection that is opened.</summary>
    public static void Watch()
    {
        if (sqlite3_auto_extension(&Opened) != 0) throw new InvalidOperationException("SQLite can't be watched.");
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Opened(nint connection, byte** error, nint api) => sqlite3_trace_v2(connection, Statements, &Ran, 0);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Ran(uint what, nint context, nint statement, nint text)
    {
        // What a trigger runs comes as a comment.
        if (Marshal.PtrToStringUTF8(text) is { } sql && !sql.StartsWith("--", StringComparison.Ordinal) && !sql.StartsWith("PRAGMA", StringComparison.OrdinalIgnoreCase)) Interlocked.Increment(ref count);
        return 0;
    }

    [LibraryImport("e_sqlite3")]
    private static partial int sqlite3_auto_extension(delegate* unmanaged[Cdecl]<nint, byte**, nint, int> opened);

    [LibraryImport("e_sqlite3")]
    private static partial int sqlite3_trace_v2(nint connection, uint mask, delegate* unmanaged[Cdecl]<uint, nint, nint, nint, int> ran, nint context);
}
