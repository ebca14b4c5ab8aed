using Gantry.Worklist;

namespace Gantry.Sidecar.Forwarding;

/// <summary>Brings messages to the other side. Many are tried at once, of one exam one after the other.</summary>
internal interface ICourier
{
    /// <summary>Tries to deliver one message and says what came of it. Throws only when it is cancelled.</summary>
    /// <param name="run">The message's exam.</param>
    /// <param name="index">Which message of it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task<Verdict> TryAsync(OutboxRun run, int index, CancellationToken cancellationToken);
}
