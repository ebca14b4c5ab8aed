namespace Gantry.Worklist;

/// <summary>Performed Procedure Step Status (0040,0252), PS3.3 C.4.14.</summary>
public enum StepStatus
{
    /// <summary>IN PROGRESS: started, may still be updated.</summary>
    InProgress,

    /// <summary>COMPLETED: finished, may not be updated any more.</summary>
    Completed,

    /// <summary>DISCONTINUED: given up, may not be updated any more.</summary>
    Discontinued,
}

/// <summary>What a request says about the step's status.</summary>
public enum AskedStatus
{
    /// <summary>The attribute is not in the request.</summary>
    Absent,

    /// <summary>The attribute is there without a value.</summary>
    Empty,

    /// <summary>IN PROGRESS.</summary>
    InProgress,

    /// <summary>COMPLETED.</summary>
    Completed,

    /// <summary>DISCONTINUED.</summary>
    Discontinued,

    /// <summary>Some other word.</summary>
    Unknown,
}

/// <summary>The standard's words for <see cref="StepStatus"/>.</summary>
public static class StepStatuses
{
    /// <summary>The standard's word, for example <c>IN PROGRESS</c>.</summary>
    public static string ToText(this StepStatus status) => status switch
    {
        StepStatus.InProgress => "IN PROGRESS",
        StepStatus.Completed => "COMPLETED",
        StepStatus.Discontinued => "DISCONTINUED",
    };

    /// <summary>Reads what a request says; padding and lower case, as some modalities send them, are forgiven.</summary>
    /// <param name="value">The attribute's value, or null if the request has no such attribute.</param>
    public static AskedStatus Ask(string? value)
    {
        if (value is null) return AskedStatus.Absent;
        string word = value.Trim(' ', '\0');
        if (word.Length == 0) return AskedStatus.Empty;
        if (word.Equals("IN PROGRESS", StringComparison.OrdinalIgnoreCase)) return AskedStatus.InProgress;
        if (word.Equals("COMPLETED", StringComparison.OrdinalIgnoreCase)) return AskedStatus.Completed;
        return word.Equals("DISCONTINUED", StringComparison.OrdinalIgnoreCase) ? AskedStatus.Discontinued : AskedStatus.Unknown;
    }

    /// <summary>
    /// Reads what the store holds; a word that no version of this program wrote closes the step, so that its neighbours can be
    /// read.
    /// </summary>
    internal static StepStatus Parse(string? stored) => Ask(stored) switch
    {
        AskedStatus.InProgress => StepStatus.InProgress,
        AskedStatus.Completed => StepStatus.Completed,
        AskedStatus.Discontinued or AskedStatus.Absent or AskedStatus.Empty or AskedStatus.Unknown => StepStatus.Discontinued,
    };
}
