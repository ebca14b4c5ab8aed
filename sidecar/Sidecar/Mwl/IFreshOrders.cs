using Gantry.Sidecar.Peers;
using Gantry.Worklist;

namespace Gantry.Sidecar.Mwl;

/// <summary>Brings the worklist up to date before a query is answered, as far as that can be done in short time.</summary>
internal interface IFreshOrders
{
    /// <summary>Returns when the worklist is new enough, or when it is not worth waiting any longer. Never fails but for cancellation.</summary>
    /// <param name="peer">Who asks.</param>
    /// <param name="statuses">The statuses that the answer may list.</param>
    /// <param name="cancellationToken">The asker has gone.</param>
    ValueTask FreshenAsync(Peer peer, IReadOnlyList<OrderStatus> statuses, CancellationToken cancellationToken);
}

/// <summary>Where there is no EMR, what is stored is all there is.</summary>
internal sealed class StoredOrders : IFreshOrders
{
    public ValueTask FreshenAsync(Peer peer, IReadOnlyList<OrderStatus> statuses, CancellationToken cancellationToken) => default;
}
