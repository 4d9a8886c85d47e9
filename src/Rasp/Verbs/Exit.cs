namespace Rasp.Verbs;

/// <summary>What the program's exit status means (contract.md).</summary>
internal static class Exit
{
    public const int Done = 0;
    public const int InputAtFault = 1;
    public const int CallAtFault = 2;
    public const int Bug = 70;
}

/// <summary>Whoever called asked for something that can't be: told in a sentence, exit status 2.</summary>
internal sealed class CallFaultException(string message) : Exception(message);
