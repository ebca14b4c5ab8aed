using Gantry.Worklist;

namespace Gantry.Sidecar.Forwarding;

/// <summary>A way out of the outbox: whose messages take it, and with how much patience.</summary>
internal sealed record DeliveryRoute
{
    /// <summary>Whose messages.</summary>
    public required OutboxTarget Target { get; init; }

    /// <summary>Who is told, as a sentence begins: The cloud.</summary>
    public required string Peer { get; init; }

    /// <summary>The check's name in <c>/health</c>.</summary>
    public required string HealthName { get; init; }

    /// <summary>Where what is set aside can be seen.</summary>
    public required string ParkedPath { get; init; }

    /// <summary>The counter of attempts in <c>/metrics</c>, and the gauge that says whether the other side can be reached.</summary>
    public required (string Attempts, string IsUp) Metrics { get; init; }

    /// <summary>Messages under way at once; those of one exam go one after the other.</summary>
    public required int Parallel { get; init; }

    /// <summary>How often the outbox is looked at though this sidecar has written nothing.</summary>
    public required TimeSpan PollInterval { get; init; }

    /// <summary>About how long to wait after a failure; each further one doubles it.</summary>
    public required TimeSpan FirstPause { get; init; }

    /// <summary>Longest wait.</summary>
    public required TimeSpan LongestPause { get; init; }

    /// <summary>After so many errors about one message, while others got through, it is set aside.</summary>
    public required int ErrorsBeforeParking { get; init; }
}
