namespace Gantry.Relay;

/// <summary>How a listener is at a moment, for health pages and metrics.</summary>
public sealed record RelayListenerStatus
{
    /// <summary>The control channel is open.</summary>
    public required bool IsRegistered { get; init; }

    /// <summary>When something last came over the control channel, or it was opened; null before the first registration.</summary>
    public required DateTimeOffset? LastHeard { get; init; }

    /// <summary>Why the listener is not, or was last not, registered.</summary>
    public required RelayException? LastFailure { get; init; }

    /// <summary>Registrations so far.</summary>
    public required long Registrations { get; init; }

    /// <summary>Links found dead by an echo that did not come back.</summary>
    public required long Zombies { get; init; }

    /// <summary>Tokens renewed on an open control channel.</summary>
    public required long Renewals { get; init; }

    /// <summary>Connections being served or waiting, and idle ones.</summary>
    public required int Connections { get; init; }

    /// <summary>Those of them that their senders keep open and that have nothing to say now.</summary>
    public required int Idle { get; init; }

    /// <summary>Messages answered.</summary>
    public required long Answered { get; init; }

    /// <summary>Connections rejected.</summary>
    public required long Rejected { get; init; }

    /// <summary>Connections that came to nothing.</summary>
    public required long Failed { get; init; }
}
