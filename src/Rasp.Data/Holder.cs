namespace Rasp.Data;

/// <summary>As whom somebody asks for an assessment: with a private link, as a signed-in person, or both.</summary>
/// <param name="Link">The hash of the private link's secret; null where none is held.</param>
/// <param name="Person">Who is signed in; null where nobody is.</param>
public readonly record struct Holder(byte[]? Link, Guid? Person)
{
    /// <summary>For queries: equal to no stored hash where there is none.</summary>
    internal byte[] LinkOrNone => Link ?? [];

    /// <summary>For queries: nobody's id where nobody is signed in.</summary>
    internal Guid PersonOrNone => Person ?? Guid.Empty;

    public static implicit operator Holder(byte[] link) => new(link, null);
}
