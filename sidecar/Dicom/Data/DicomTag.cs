using System.Globalization;

namespace Gantry.Dicom;

/// <summary>A data element tag: group and element number (PS3.5 7.1).</summary>
public readonly record struct DicomTag(ushort Group, ushort Element) : IComparable<DicomTag>
{
    /// <summary>Group and element as one number, in the order in which elements stand in a data set.</summary>
    public uint Value => (uint)Group << 16 | Element;

    /// <summary>True for odd groups: private elements (PS3.5 7.8).</summary>
    public bool IsPrivate => (Group & 1) == 1;

    /// <summary>True for (gggg,0000), the group length.</summary>
    public bool IsGroupLength => Element == 0;

    /// <summary>The tag with this <see cref="Value"/>.</summary>
    public static DicomTag FromValue(uint value) => new((ushort)(value >> 16), (ushort)value);

    /// <inheritdoc/>
    public int CompareTo(DicomTag other) => Value.CompareTo(other.Value);

    /// <summary>The tag as the standard prints it: <c>(0010,0020)</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"({Group:x4},{Element:x4})");

    /// <inheritdoc/>
    public static bool operator <(DicomTag left, DicomTag right) => left.Value < right.Value;

    /// <inheritdoc/>
    public static bool operator >(DicomTag left, DicomTag right) => left.Value > right.Value;

    /// <inheritdoc/>
    public static bool operator <=(DicomTag left, DicomTag right) => left.Value <= right.Value;

    /// <inheritdoc/>
    public static bool operator >=(DicomTag left, DicomTag right) => left.Value >= right.Value;
}
