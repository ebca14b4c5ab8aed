namespace Orthanc.Net;

/// <summary>
/// Orthanc's change feed ends before the place where reading was to go on: its index was replaced, or restored from a backup.
/// What came in between cannot be told by the feed alone. Go on from 0 (everything once more) or from <see cref="Last"/>.
/// </summary>
public sealed class OrthancSequenceRestartedException : Exception
{
    internal OrthancSequenceRestartedException(long position, long last)
        : base($"Orthanc's change feed ends at {last}, but was read up to {position} before: its index was replaced. Read it again from 0.") =>
        (Position, Last) = (position, last);

    /// <summary>The sequence number that was read last.</summary>
    public long Position { get; }

    /// <summary>The sequence number that Orthanc now calls its last one.</summary>
    public long Last { get; }
}
