using System.Data.Common;
using Rasp.Data;

namespace Rasp.Verbs;

/// <summary>A database that can't be used is told in a sentence: whoever hosts Rasp can mend it, and it is no bug.</summary>
internal static class DatabaseFaults
{
    public static async Task<T> ToldAsync<T>(Settings settings, Func<Task<T>> use)
    {
        try
        {
            return await use();
        }
        catch (InstrumentChangedException changed)
        {
            throw new CallFaultException(changed.Message);
        }
        catch (Exception refused) when (refused is DbException or IOException or UnauthorizedAccessException)
        {
            throw new CallFaultException($"the database {settings.DatabaseInWords} can't be used: {refused.Message}");
        }
    }
}
