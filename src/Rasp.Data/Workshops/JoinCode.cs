using System.Security.Cryptography;

namespace Rasp.Data.Workshops;

/// <summary>What people type to come in to a workshop. Nothing in it can be taken for something else, nor does it spell anything.</summary>
public static class JoinCode
{
    public const int Length = 6;

    private const string Alphabet = "BCDFGHJKMNPRSTVWXZ79";

    public static string New() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>The code in what somebody typed, however they wrote it; null where it can't be one.</summary>
    public static string? Read(string? typed)
    {
        var code = string.Concat((typed ?? "").Where(char.IsLetterOrDigit).Select(c => Meant(char.ToUpperInvariant(c))));
        return code.Length == Length && code.All(Alphabet.Contains) ? code : null;
    }

    /// <summary>In two halves, as people read it aloud.</summary>
    public static string Spaced(string code) => $"{code[..(Length / 2)]} {code[(Length / 2)..]}";

    /// <summary>What is not in the alphabet stands for what it looks like there.</summary>
    private static char Meant(char typed) => typed switch
    {
        '8' => 'B',
        '5' => 'S',
        '2' => 'Z',
        '6' => 'G',
        '0' or 'O' or 'Q' => 'D',
        '1' or 'I' or 'L' => '7',
        'U' or 'Y' => 'V',
        _ => typed,
    };
}
