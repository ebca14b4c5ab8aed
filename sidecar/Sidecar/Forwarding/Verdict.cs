namespace Gantry.Sidecar.Forwarding;

/// <summary>What came of trying to deliver a message.</summary>
internal abstract record Verdict
{
    private Verdict()
    {
    }

    /// <summary>The other side has it.</summary>
    public sealed record Delivered : Verdict;

    /// <summary>There is nothing to deliver, or no longer: what it is about was deleted, or does not concern the other side.</summary>
    public sealed record Gone(string Why) : Verdict;

    /// <summary>It will never be taken as it is.</summary>
    public sealed record Refused(string Reason) : Verdict;

    /// <summary>Something about this message, or about the other side just now: tried again, and set aside if others get through.</summary>
    public sealed record Trouble(string Reason) : Verdict;

    /// <summary>What it is made from cannot be had now; tried again for ever.</summary>
    public sealed record Later(string Reason) : Verdict;

    /// <summary>The other side cannot be reached; not the message's fault.</summary>
    public sealed record Unreachable : Verdict;
}
