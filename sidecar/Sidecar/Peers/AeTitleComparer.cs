using Gantry.Sidecar.Settings;

namespace Gantry.Sidecar.Peers;

/// <summary>Compares AE titles: blanks at either end do not count, case does (PS3.5 6.2, VR AE) unless a setting says otherwise.</summary>
internal sealed class AeTitleComparer(StringComparison comparison) : IEqualityComparer<string>
{
    /// <summary>The comparer that the settings ask for.</summary>
    public static AeTitleComparer For(DicomOptions options) =>
        new(options.IgnoreAeTitleCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    public bool Equals(string? x, string? y) => x.AsSpan().Trim(" \0").Equals(y.AsSpan().Trim(" \0"), comparison);

    public int GetHashCode(string obj) => string.GetHashCode(obj.AsSpan().Trim(" \0"), comparison);
}
