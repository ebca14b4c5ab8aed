using Gantry.EmrSync.Names;

namespace Gantry.EmrSync;

/// <summary>Section <c>EmrSync</c>: how orders come from the hospital's EMR.</summary>
public sealed class EmrSyncOptions
{
    /// <summary>How names of patients are written.</summary>
    public NameOptions Names { get; init; } = new();
}
