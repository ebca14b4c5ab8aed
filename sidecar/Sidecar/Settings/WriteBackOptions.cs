using System.ComponentModel.DataAnnotations;

namespace Gantry.Sidecar.Settings;

/// <summary>Section <c>EmrWriteBack</c>: how the status of exams goes back to the EMR. What it is told is said by <see cref="EmrSyncSection"/>.</summary>
internal sealed class WriteBackOptions : IValidatableObject
{
    /// <summary>Everything for the EMR waits in the outbox, for example while the EMR is moved.</summary>
    public bool Paused { get; init; }

    /// <summary>Statuses, each of another exam, that go in one transaction of the EMR at most.</summary>
    [Range(1, 1000)]
    public int BatchRows { get; init; } = 200;

    /// <summary>How often the outbox is looked at though this sidecar has written nothing: for what another has left.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>About how long to wait after a failure; each further one doubles it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait; it is tried again for ever.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>After so many refusals of one status, while others got through, it is set aside so that its exam goes on.</summary>
    [Range(1, 1000)]
    public int ErrorsBeforeParking { get; init; } = 8;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (FirstPause > LongestPause)
            yield return new("the longest pause is shorter than the first one", [nameof(LongestPause)]);
    }
}
