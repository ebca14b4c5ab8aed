using System.ComponentModel.DataAnnotations;

namespace Gantry.Sidecar.Settings;

/// <summary>Section <c>Forwarding</c>: how messages go to the cloud. Whether they do is said by <see cref="RelayOptions"/>.</summary>
internal sealed class ForwardingOptions : IValidatableObject
{
    /// <summary>Everything for the cloud waits in the outbox, for example while the cloud is moved.</summary>
    public bool Paused { get; init; }

    /// <summary>Messages under way at once; those of one exam go one after the other.</summary>
    [Range(1, 256)]
    public int Parallel { get; init; } = 16;

    /// <summary>How often the outbox is looked at though this sidecar has written nothing: for what another has left.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>About how long to wait after a failure; each further one doubles it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait; it is tried again for ever.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>After so many errors about one message, while others got through, it is set aside so that its exam goes on.</summary>
    [Range(1, 1000)]
    public int ErrorsBeforeParking { get; init; } = 8;

    /// <summary>How long delivered messages are remembered; so long nothing is sent twice by a sync-all.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00")]
    public TimeSpan KeepDelivered { get; init; } = TimeSpan.FromDays(7);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (FirstPause > LongestPause)
            yield return new("the longest pause is shorter than the first one", [nameof(LongestPause)]);
    }
}
