using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Rasp.Tests;

/// <summary>The databases that Rasp runs on.</summary>
public enum Engine
{
    Sqlite,
    Postgres,
}

/// <summary>Runs a theory once on each database, with the engine as its first argument, followed by what is given here.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class EnginesAttribute(params object?[] rest) : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. Enum.GetValues<Engine>().Select(e => new TheoryDataRow([e, .. rest]))]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
