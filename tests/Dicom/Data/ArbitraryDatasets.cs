using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Gantry.Dicom.Tests.Data;

/// <summary>Data sets of every VR, nested, and what makes two of them the same.</summary>
internal static class ArbitraryDatasets
{
    private static readonly DicomTag[] Tags = [.. DicomDictionary.All
        .Where(entry => entry.Vrs.Count == 1 && entry.Tag.Group is > 2 and < 0x5000 && !entry.Tag.IsGroupLength
            && entry.Vr != DicomVr.UN)
        .Select(entry => entry.Tag)];

    private static readonly DicomTag[] Sequences = [.. Tags.Where(tag => DicomDictionary.VrOf(tag) == DicomVr.SQ)];

    private static readonly Gen<byte[]> Bytes = Gen.ArrayOf(Gen.Choose(0, 255).Select(i => (byte)i));

    public static Gen<DicomDataset> Generator { get; } = Gen.Sized(size => OfDepth(3, Math.Min(size, 12)));

    /// <summary>The same elements with the same values but for padding; group lengths do not count.</summary>
    public static string Print(DicomDataset dataset)
    {
        var text = new StringBuilder();
        Print(dataset, text);
        return text.ToString();
    }

    private static Gen<DicomDataset> OfDepth(int depth, int size) =>
        from count in Gen.Choose(0, size)
        from tags in Gen.ArrayOf(Gen.Elements(Tags), count)
        from sequences in Gen.ArrayOf(Gen.Elements(Sequences), depth == 0 ? 0 : Math.Min(size, 2))
        from privates in Gen.ArrayOf(Gen.Choose(0x1000, 0x10FF), Math.Min(size, 3))
        from values in Gen.ArrayOf(Bytes, tags.Length + privates.Length)
        from items in Gen.ArrayOf(ItemsOf(depth - 1, size / 2), sequences.Length)
        select Build(tags, privates, values, sequences, items);

    private static Gen<DicomDataset[]> ItemsOf(int depth, int size) => depth < 0
        ? Gen.Constant<DicomDataset[]>([])
        : Gen.Choose(0, 2).SelectMany(count => Gen.ArrayOf(OfDepth(depth, size), count));

    private static DicomDataset Build(DicomTag[] tags, int[] privates, byte[][] values, DicomTag[] sequences,
        DicomDataset[][] items)
    {
        var dataset = new DicomDataset();
        for (var i = 0; i < tags.Length; i++)
        {
            if (DicomDictionary.VrOf(tags[i]) is not DicomVr.SQ and var vr)
                dataset.SetBytes(tags[i], vr, values[i]);
        }
        for (var i = 0; i < privates.Length; i++)
            dataset.SetBytes(new DicomTag(9, (ushort)privates[i]), DicomVr.UN, values[tags.Length + i]);
        for (var i = 0; i < sequences.Length; i++)
            dataset.SetItems(sequences[i], items[i]);
        return dataset;
    }

    private static void Print(DicomDataset dataset, StringBuilder text)
    {
        foreach (var element in dataset.Where(element => !element.Tag.IsGroupLength))
        {
            text.Append(element.Tag).Append(' ').Append(element.Vr).Append(' ');
            if (element.Vr == DicomVr.SQ)
            {
                foreach (var item in element.Items)
                {
                    text.Append("{\n");
                    Print(item, text);
                    text.Append('}');
                }
            }
            else
            {
                var value = dataset.GetBytes(element.Tag).Span;
                text.Append(Convert.ToHexString(value));
                if (value.Length % 2 == 1)
                    text.Append(element.Vr.Padding().ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            }
            text.Append('\n');
        }
    }
}
