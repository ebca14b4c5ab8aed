namespace Gantry.EmrSync.Status;

/// <summary>A status that the EMR is to be told.</summary>
/// <param name="OrderKey">The EMR's key of the order, for <c>@order_key</c>.</param>
/// <param name="AccessionNumber">For <c>@accession_number</c>.</param>
/// <param name="Word">The EMR's own word, for <c>@status</c>.</param>
public sealed record StatusWrite(string OrderKey, string AccessionNumber, string Word);

/// <summary>What came of telling the EMR a status.</summary>
public abstract record StatusResult
{
    private StatusResult()
    {
    }

    /// <summary>The EMR has it, for good.</summary>
    /// <param name="Rows">Rows that it says were changed; -1 if it does not say. With NOCOUNT it says 0 whatever it did.</param>
    public sealed record Told(int Rows) : StatusResult;

    /// <summary>The EMR did not take this one; others may work.</summary>
    /// <param name="Reason">Why, without patient data.</param>
    public sealed record Refused(string Reason) : StatusResult;

    /// <summary>It was not tried, or nobody knows what came of it. To be told again.</summary>
    public sealed record NotTold : StatusResult;
}

/// <summary>What came of telling the EMR several statuses.</summary>
/// <param name="Results">One for each, in the same order.</param>
/// <param name="Failure">Why the EMR could not be reached, or stopped answering; null if it was there all the time.</param>
public sealed record StatusResults(IReadOnlyList<StatusResult> Results, EmrSyncException? Failure);
