namespace Rasp.Data;

/// <summary>As whom somebody asks for an assessment: with a private link, as a signed-in person, or both.</summary>
/// <param name="Link">The hash of the private link's secret; null where none is held.</param>
/// <param name="Person">Who is signed in; null where nobody is.</param>
/// <param name="Organisation">The one organisation of theirs that counts; null where all do.</param>
public readonly record struct Holder(byte[]? Link, Guid? Person, Guid? Organisation = null)
{
    /// <summary>What is true of an assessment "a" that @link or @person leads. What nobody claimed is led by whoever holds its link, until it expires; a part of a round, by its organisation's leads.</summary>
    internal const string LeadsSql = """
        (((a."LinkHash" = @link OR a."OwnerId" = @person) AND (a."LastUsedAt" > @expired OR a."OwnerId" IS NOT NULL))
         OR EXISTS (SELECT 1 FROM "Memberships" m WHERE m."OrganisationId" = a."OrganisationId" AND m."PersonId" = @person AND m."Role" = 1))
        """;

    /// <summary>What is true of a respondent "r" of an assessment "a" whose answers @link or @person enters: their own, or, as a lead, those that no person enters for themselves.</summary>
    internal const string EntersSql = $"""
        (r."PersonId" = @person OR (r."Kind" < 2 AND {LeadsSql}))
        """;

    /// <summary>For queries: equal to no stored hash where there is none.</summary>
    internal byte[] LinkOrNone => Link ?? [];

    /// <summary>For queries: nobody's id where nobody is signed in.</summary>
    internal Guid PersonOrNone => Person ?? Guid.Empty;

    public static implicit operator Holder(byte[] link) => new(link, null);

    public bool Equals(Holder other) => Person == other.Person && Organisation == other.Organisation && LinkOrNone.AsSpan().SequenceEqual(other.LinkOrNone);

    public override int GetHashCode() => HashCode.Combine(Person, Organisation, Convert.ToHexString(LinkOrNone));
}
