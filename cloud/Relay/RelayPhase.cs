namespace Gantry.Relay;

/// <summary>How far a relay connection had come when it failed.</summary>
public enum RelayPhase
{
    /// <summary>Looking up the relay's host name.</summary>
    Resolve,

    /// <summary>Opening the TCP connection.</summary>
    Connect,

    /// <summary>The TLS handshake: certificate not trusted, wrong name, no common version.</summary>
    Tls,

    /// <summary>Getting a token, or the relay refused it (401, 403).</summary>
    Authorize,

    /// <summary>Becoming or staying a listener: the hybrid connection does not exist, has too many listeners, or the control channel ended.</summary>
    Register,

    /// <summary>Bringing sender and listener together: no listener, listener did not come in time, or rejected the connection.</summary>
    Rendezvous,

    /// <summary>Listener: joined with a sender, whose message did not come, broke off or was too large.</summary>
    AwaitMessage,

    /// <summary>Sender: the message was on its way and no reply came. It may have been acted on: send it again with the same id.</summary>
    AwaitReply,
}
