using System.Net.WebSockets;

namespace Gantry.Relay.Embedded;

/// <summary>How a listener answered.</summary>
internal abstract record RendezvousOutcome
{
    private RendezvousOutcome() { }

    /// <summary>It came.</summary>
    public sealed record Accepted(WebSocket Socket, string? SubProtocol) : RendezvousOutcome;

    /// <summary>It does not want to.</summary>
    public sealed record Rejected(int Status, string Reason) : RendezvousOutcome;

    /// <summary>Its control channel ended first.</summary>
    public sealed record Lost : RendezvousOutcome;

    /// <summary>The sender waits no longer.</summary>
    public sealed record Abandoned : RendezvousOutcome;
}

/// <summary>A sender waiting for one listener. The first outcome counts; whoever comes later is told so.</summary>
internal sealed class Rendezvous
{
    private readonly TaskCompletionSource<RendezvousOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>In the address, good for one use; nobody can guess it.</summary>
    public string Secret { get; } = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));

    /// <summary>How the listener answered.</summary>
    public Task<RendezvousOutcome> Outcome => _outcome.Task;

    /// <summary>When the joined connection is over, and the listener's WebSocket may go.</summary>
    public Task Finished => _finished.Task;

    public bool TryAccept(WebSocket socket) => _outcome.TrySetResult(new RendezvousOutcome.Accepted(socket, socket.SubProtocol));

    public bool TryReject(int status, string reason) => _outcome.TrySetResult(new RendezvousOutcome.Rejected(status, reason));

    public bool TryLose() => _outcome.TrySetResult(new RendezvousOutcome.Lost());

    public bool TryAbandon() => _outcome.TrySetResult(new RendezvousOutcome.Abandoned());

    public void Finish() => _finished.TrySetResult();
}
