namespace Gantry.Dicom;

/// <summary>Lengths that things have in Explicit VR Little Endian with explicit lengths, group lengths left out.</summary>
internal static class EncodedLength
{
    public static long OfSequence(DicomElement sequence) => sequence.ItemArray.Sum(item => 8 + Of(item));

    public static long Of(DicomDataset dataset) =>
        dataset.Sum(element => element.Tag.IsGroupLength ? 0 : OfElement(dataset, element));

    /// <summary>The value of text that was set, padded.</summary>
    public static long OfText(DicomDataset dataset, DicomElement element)
    {
        using var encoded = new PooledBuffer();
        // What the character set lacks has no length; printing is no place to fail
        return dataset.CharacterSet.TryEncode(element.Text, element.Vr, encoded)
            ? encoded.Length + (encoded.Length & 1) : element.Text!.Length;
    }

    private static long OfElement(DicomDataset dataset, DicomElement element)
    {
        if (element.Vr == DicomVr.SQ)
            return 12 + OfSequence(element);
        if (element.FragmentArray is { } fragments)
            return 12 + fragments.Sum(fragment => 8L + fragment.Length + (fragment.Length & 1)) + 8;
        var value = element.Text is null ? element.Value.Length + (element.Value.Length & 1) : OfText(dataset, element);
        return value + (element.Vr.IsLongForm() || value > 0xFFFE ? 12 : 8);
    }
}
