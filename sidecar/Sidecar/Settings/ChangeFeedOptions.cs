using System.ComponentModel.DataAnnotations;

namespace Gantry.Sidecar.Settings;

/// <summary>Section <c>ChangeFeed</c>: how Orthanc's changes are read.</summary>
internal sealed class ChangeFeedOptions
{
    /// <summary>How often Orthanc is asked when nobody says that something is new; its web hook makes it a matter of milliseconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Changes that are asked for at a time.</summary>
    [Range(1, 10_000)]
    public int PageSize { get; init; } = 1000;

    /// <summary>
    /// Where a gateway begins that never read this archive: End leaves what is stored already alone (sync-all brings it), Beginning takes it all.
    /// </summary>
    public FeedStart FirstStart { get; init; } = FeedStart.End;
}

/// <summary>Where the feed is begun for the first time.</summary>
internal enum FeedStart
{
    /// <summary>With what comes from now on.</summary>
    End,

    /// <summary>With the archive's first image.</summary>
    Beginning,
}
