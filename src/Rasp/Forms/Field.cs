namespace Rasp.Forms;

/// <summary>A box to type in, with its label: <c>&lt;partial name="_Field" model="…" /&gt;</c>.</summary>
/// <param name="Name">Of the property that takes it; its faults are shown above the box.</param>
/// <param name="Label">What to type.</param>
/// <param name="Value">What was typed.</param>
public sealed record Field(string Name, string Label, string? Value)
{
    public string? Hint { get; init; }

    /// <summary>More than one makes it a box of so many lines.</summary>
    public int Rows { get; init; } = 1;

    public string Type { get; init; } = "text";

    public string? Autocomplete { get; init; }

    /// <summary>The id of a list of proposals; null where there is none.</summary>
    public string? List { get; init; }

    public string Size { get; init; } = "m";

    public string Id => Name.Replace('.', '_');
}

/// <summary>One of several to choose from: <c>&lt;partial name="_Choices" model="…" /&gt;</c>.</summary>
/// <param name="Name">Of the property that takes it.</param>
/// <param name="Legend">What is asked.</param>
/// <param name="Value">What was chosen.</param>
/// <param name="Options">What there is: value, label and, optional, a hint.</param>
public sealed record Choices(string Name, string Legend, string? Value, IReadOnlyList<(string Value, string Label, string? Hint)> Options)
{
    public string? Hint { get; init; }

    public string Id => Name.Replace('.', '_');
}
