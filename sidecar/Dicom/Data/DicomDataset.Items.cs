namespace Gantry.Dicom;

// Sequences, bytes, and copies from one data set to another
public sealed partial class DicomDataset
{
    /// <summary>The items of a sequence; empty if it is absent, empty, or no sequence.</summary>
    public IReadOnlyList<DicomDataset> GetItems(DicomTag tag) => Find(tag)?.ItemArray ?? [];

    /// <summary>
    /// Makes these the items of a sequence. An item that belongs to another data set already is copied; others are taken as
    /// they are, and may be changed afterwards.
    /// </summary>
    /// <exception cref="ArgumentException">An item is this data set or one that it lies in.</exception>
    public DicomDataset SetItems(DicomTag tag, params IEnumerable<DicomDataset> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        DicomDataset[] own = [.. items];
        for (var i = 0; i < own.Length; i++)
        {
            for (var outer = this; outer is not null; outer = outer.Parent)
            {
                if (outer == own[i])
                    throw new ArgumentException($"A data set cannot lie in itself, in {tag}.", nameof(items));
            }
            var set = own[i].CharacterSet;
            if ((own[i].Parent is not null && own[i].Parent != this) || Array.IndexOf(own, own[i], 0, i) >= 0)
                own[i] = own[i].Copy(copyBytes: false);
            if (!set.Equals(CharacterSet))
                own[i].AdoptText(set);
            own[i].Parent = this;
        }
        return Put(new DicomElement(tag, own, false));
    }

    /// <summary>
    /// Sets a value as bytes, in the byte order of Explicit VR Little Endian; they are not copied and must not change.
    /// </summary>
    /// <exception cref="ArgumentException">The VR is SQ.</exception>
    public DicomDataset SetBytes(DicomTag tag, DicomVr vr, ReadOnlyMemory<byte> value) => vr != DicomVr.SQ
        ? Put(new DicomElement(tag, vr, value))
        : throw new ArgumentException($"{tag} has VR SQ: its items are to be set.", nameof(vr));

    /// <summary>Sets encapsulated pixel data (PS3.5 A.4).</summary>
    /// <param name="tag">Pixel Data, as a rule.</param>
    /// <param name="offsetTable">Offsets of the frames, or empty.</param>
    /// <param name="fragments">The fragments, not copied.</param>
    public DicomDataset SetFragments(
        DicomTag tag, ReadOnlyMemory<byte> offsetTable, params IEnumerable<ReadOnlyMemory<byte>> fragments) =>
        Put(new DicomElement(tag, DicomVr.OB, [offsetTable, .. fragments]));

    /// <summary>
    /// Sets an element as another data set has it, or takes it out where that has none. Text keeps its characters, whatever the
    /// character sets of the two; bytes are not copied.
    /// </summary>
    public DicomDataset CopyFrom(DicomDataset source, DicomTag tag)
    {
        ArgumentNullException.ThrowIfNull(source);
        var element = source.Find(tag);
        if (element is null)
        {
            Remove(tag);
            return this;
        }
        if (element.Vr == DicomVr.SQ)
            return SetItems(tag, Array.ConvertAll(element.ItemArray, item => item.Copy(copyBytes: false)));
        return Put(element.Vr.IsText() && element.Text is null && !source.CharacterSet.Equals(CharacterSet)
            ? new DicomElement(tag, element.Vr, TextOf(element, source.CharacterSet))
            : element);
    }

    /// <summary>A copy in depth that owns its bytes, so that the input of this one may go.</summary>
    public DicomDataset Clone() => Copy(copyBytes: true);

    private DicomDataset Copy(bool copyBytes)
    {
        var fallback = Parent?.CharacterSet ?? _fallbackCharacterSet;
        var copy = new DicomDataset(fallback, Count) { HasUndefinedLength = HasUndefinedLength };
        foreach (var element in _elements.AsSpan(0, Count))
            copy.InsertAt(copy.Count, copy.CopyOf(element, copyBytes));
        return copy;
    }

    private DicomElement CopyOf(DicomElement element, bool copyBytes)
    {
        if (element.Vr == DicomVr.SQ)
        {
            DicomDataset[] items = Array.ConvertAll(element.ItemArray, item => item.Copy(copyBytes));
            Array.ForEach(items, item => item.Parent = this);
            return new DicomElement(element.Tag, items, element.HasUndefinedLength);
        }
        if (!copyBytes || element.Text is not null)
            return element;
        return element.FragmentArray is { } fragments
            ? new DicomElement(element.Tag, element.Vr, Array.ConvertAll<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>(
                fragments, fragment => fragment.ToArray()))
            : new DicomElement(element.Tag, element.Vr, element.Value.ToArray());
    }

    // Text of an item that moves to another character set is decoded, unless the item states its own
    private void AdoptText(SpecificCharacterSet source)
    {
        if (Contains(DicomTags.SpecificCharacterSet))
            return;
        for (var i = 0; i < Count; i++)
        {
            var element = _elements[i];
            Array.ForEach(element.ItemArray, item => item.AdoptText(source));
            if (element.Vr.IsText() && element.Text is null && !element.Value.IsEmpty)
                _elements[i] = new DicomElement(element.Tag, element.Vr, TextOf(element, source));
        }
    }

    private static string TextOf(DicomElement element, SpecificCharacterSet set) =>
        set.Decode(element.Value.Span, element.Vr).AsSpan().TrimEnd([' ', '\0']).ToString();
}
