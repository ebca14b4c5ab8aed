namespace Gantry.Worklist;

/// <summary>How far a feed of another program was read.</summary>
/// <param name="Feed">Names the feed, for example <c>orthanc</c>.</param>
/// <param name="Sequence">The number of the last entry that was done with.</param>
public sealed record FeedCursor(string Feed, long Sequence);
