using System.Text;
using Gantry.Worklist;

namespace Gantry.Sidecar.Mwl;

/// <summary>
/// The station of an order: its own, or where it has none the one that MODALITY_AET_&lt;modality&gt; sets for its modality.
/// </summary>
internal sealed class StationDirectory
{
    private readonly (byte[] Modality, byte[] AeTitle)[] _byModality;

    public StationDirectory(IReadOnlyDictionary<string, string> aeTitleByModality) =>
        _byModality = [.. aeTitleByModality.Select(entry =>
            (Encoding.ASCII.GetBytes(entry.Key.ToUpperInvariant()), Encoding.ASCII.GetBytes(entry.Value)))];

    /// <summary>The columns it reads.</summary>
    public static IReadOnlyList<WorklistColumn> Columns { get; } = [WorklistColumn.ScheduledStationAet, WorklistColumn.Modality];

    /// <summary>The AE title as ASCII; empty if none is known.</summary>
    public ReadOnlySpan<byte> AeTitleOf(IWorklistCursor row)
    {
        var own = row[WorklistColumn.ScheduledStationAet].Trim((byte)' ');
        if (!own.IsEmpty || _byModality.Length == 0) return own;
        var modality = row[WorklistColumn.Modality].Trim((byte)' ');
        foreach (var (name, aeTitle) in _byModality)
            if (Ascii.EqualsIgnoreCase(modality, name)) return aeTitle;
        return default;
    }
}
