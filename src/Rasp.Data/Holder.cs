namespace Rasp.Data;

/// <summary>As whom somebody asks for an assessment: with a private link, as a signed-in person, or both.</summary>
/// <param name="Link">The hash of the private link's secret; null where none is held.</param>
/// <param name="Person">Who is signed in; null where nobody is.</param>
public readonly record struct Holder(byte[]? Link, Guid? Person)
{
    /// <summary>What is true of an assessment "a" that @link or @person holds. What nobody claimed is held until it expires; a part of a round, by its organisation's people.</summary>
    internal const string HoldsSql = """
        (((a."LinkHash" = @link OR a."OwnerId" = @person) AND (a."LastUsedAt" > @expired OR a."OwnerId" IS NOT NULL))
         OR EXISTS (SELECT 1 FROM "Memberships" m WHERE m."OrganisationId" = a."OrganisationId" AND m."PersonId" = @person))
        """;

    /// <summary>For queries: equal to no stored hash where there is none.</summary>
    internal byte[] LinkOrNone => Link ?? [];

    /// <summary>For queries: nobody's id where nobody is signed in.</summary>
    internal Guid PersonOrNone => Person ?? Guid.Empty;

    public static implicit operator Holder(byte[] link) => new(link, null);

    public bool Equals(Holder other) => Person == other.Person && LinkOrNone.AsSpan().SequenceEqual(other.LinkOrNone);

    public override int GetHashCode() => HashCode.Combine(Person, Convert.ToHexString(LinkOrNone));
}
