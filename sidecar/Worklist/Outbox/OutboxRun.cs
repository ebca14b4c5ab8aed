namespace Gantry.Worklist;

/// <summary>What a sender wants to take from the outbox.</summary>
public sealed record OutboxDemand
{
    /// <summary>Whose messages.</summary>
    public required OutboxTarget Target { get; init; }

    /// <summary>Names the sender, the same after a restart: see <see cref="IOutboxDelivery.ReleaseOutboxAsync"/>.</summary>
    public required string Sender { get; init; }

    /// <summary>From how many order keys at most.</summary>
    public required int OrderKeys { get; init; }

    /// <summary>How many messages of each order key at most.</summary>
    public required int Messages { get; init; }

    /// <summary>How long they are kept from other senders; it must be enough to deliver one run.</summary>
    public required TimeSpan Lease { get; init; }

    /// <summary>
    /// Only order keys behind this one; empty begins with the first. Going on behind the last key taken gives every exam its turn.
    /// </summary>
    public string Behind { get; init; } = "";
}

/// <summary>The first undelivered messages of one order key, to be delivered one after the other.</summary>
/// <param name="OrderKey">The exam.</param>
/// <param name="Messages">In the order in which they were written; at least one.</param>
public sealed record OutboxRun(string OrderKey, IReadOnlyList<OutboxEntry> Messages);

/// <summary>What became of a message that was taken.</summary>
public abstract record OutboxSettlement
{
    private OutboxSettlement()
    {
    }

    /// <summary>The message's number.</summary>
    public required long Id { get; init; }

    /// <summary>The other side has it.</summary>
    public sealed record Delivered : OutboxSettlement
    {
        /// <summary>True notes with the EMR's order that this is the newest message that the EMR has about it.</summary>
        public bool IsToldToEmr { get; init; }
    }

    /// <summary>It failed; the message is due again at a moment (UTC) and holds back the later ones of its order key.</summary>
    /// <param name="NextAttempt">When.</param>
    /// <param name="Reason">Why, without patient data.</param>
    public sealed record Failed(DateTimeOffset NextAttempt, string Reason) : OutboxSettlement;

    /// <summary>It is given up; later ones of the same order key go on.</summary>
    /// <param name="Reason">Why, without patient data.</param>
    public sealed record Parked(string Reason) : OutboxSettlement;

    /// <summary>It was not tried: it is due at once, and the taking does not count as an attempt.</summary>
    public sealed record Released : OutboxSettlement;
}
