namespace Gantry.Dicom;

// Private elements: a creator at (gggg,0010-00FF) reserves the block (gggg,xx00-xxFF) (PS3.5 7.8.1)
public sealed partial class DicomDataset
{
    /// <summary>Who reserved the block of a private element; null if nobody did, or the tag is not private.</summary>
    public string? PrivateCreatorOf(DicomTag tag) =>
        tag.IsPrivate && tag.Element >= 0x1000 ? GetString(new DicomTag(tag.Group, (ushort)(tag.Element >> 8))) : null;

    /// <summary>The tag of a creator's element in this data set; null if the creator has no block in the group.</summary>
    /// <param name="group">An odd group.</param>
    /// <param name="creator">The private creator's text.</param>
    /// <param name="element">The element's place in the block: the low byte of the element number.</param>
    public DicomTag? FindPrivate(ushort group, string creator, byte element)
    {
        for (ushort block = 0x10; block <= 0xFF; block++)
        {
            if (GetString(new DicomTag(group, block)) == creator)
                return new DicomTag(group, (ushort)(block << 8 | element));
        }
        return null;
    }

    /// <summary>The same, after reserving the first free block for the creator if it has none.</summary>
    /// <exception cref="ArgumentException">The group is even or below 0009.</exception>
    /// <exception cref="InvalidOperationException">All 240 blocks of the group are taken.</exception>
    public DicomTag ReservePrivate(ushort group, string creator, byte element)
    {
        if (group < 9 || (group & 1) == 0)
            throw new ArgumentException($"Group {group:x4} is not private.", nameof(group));
        for (ushort block = 0x10; block <= 0xFF && FindPrivate(group, creator, element) is null; block++)
        {
            if (!Contains(new DicomTag(group, block)))
                Set(new DicomTag(group, block), DicomVr.LO, creator);
        }
        return FindPrivate(group, creator, element)
            ?? throw new InvalidOperationException($"Group {group:x4} has no free block.");
    }
}
