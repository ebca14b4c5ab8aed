using Gantry.Dicom;

namespace Orthanc.Net.Tests;

/// <summary>A small image of a study that no other test has.</summary>
internal sealed record SyntheticImage
{
    public const string SecondaryCapture = "1.2.840.10008.5.1.4.1.1.7";

    public string PatientId { get; init; } = $"P{Guid.NewGuid():N}";

    public string AccessionNumber { get; init; } = Guid.NewGuid().ToString("N")[..16];

    public string StudyInstanceUid { get; init; } = DicomUid.New();

    public string SeriesInstanceUid { get; init; } = DicomUid.New();

    public string SopInstanceUid { get; init; } = DicomUid.New();

    public int InstanceNumber { get; init; } = 1;

    public int Rows { get; init; } = 16;

    public int Columns { get; init; } = 32;

    public int Frames { get; init; } = 1;

    public bool HasPixels { get; init; } = true;

    public TransferSyntax TransferSyntax { get; init; } = TransferSyntax.ExplicitVrLittleEndian;

    /// <summary>Stored values, row by row, of an image of 16 bits; null for one of 8 bits.</summary>
    public IReadOnlyList<int>? WideValues { get; init; }

    public bool IsSigned { get; init; }

    /// <summary>The compressed frame of an image in a compressed syntax; by default no real picture.</summary>
    public byte[] Fragment { get; init; } = new byte[64];

    /// <summary>Further elements of the data set.</summary>
    public Action<DicomDataset> More { get; init; } = _ => { };

    /// <summary>A ramp from left to right, brighter with every frame.</summary>
    public byte[] Pixels => [.. from frame in Enumerable.Range(0, Frames) from row in Enumerable.Range(0, Rows)
                                from column in Enumerable.Range(0, Columns) select (byte)((column * 4) + (frame * 20))];

    public SyntheticImage Next() => this with { SopInstanceUid = DicomUid.New(), InstanceNumber = InstanceNumber + 1 };

    public async Task<MemoryStream> ToStreamAsync()
    {
        var stream = new MemoryStream();
        await new DicomFile(ToDataset(), TransferSyntax).SaveAsync(stream);
        stream.Position = 0;
        return stream;
    }

    public async Task<OrthancUpload> UploadAsync(OrthancClient client)
    {
        using var stream = await ToStreamAsync();
        return await client.Instances.UploadAsync(stream);
    }

    private DicomDataset ToDataset()
    {
        var dataset = new DicomDataset()
            .Set(DicomTags.SpecificCharacterSet, "ISO_IR 192").Set(DicomTags.SOPClassUID, SecondaryCapture)
            .Set(DicomTags.SOPInstanceUID, SopInstanceUid).Set(DicomTags.StudyInstanceUID, StudyInstanceUid)
            .Set(DicomTags.SeriesInstanceUID, SeriesInstanceUid).Set(DicomTags.PatientID, PatientId).Set(DicomTags.PatientName, "MÜLLER^ANNA")
            .Set(DicomTags.StudyDate, "20260105").Set(DicomTags.StudyDescription, "Synthetic").Set(DicomTags.AccessionNumber, AccessionNumber)
            .Set(DicomTags.Modality, "OT").SetNumbers(DicomTags.InstanceNumber, InstanceNumber)
            .SetItems(DicomTags.ViewCodeSequence, new DicomDataset().Set(DicomTags.CodeValue, "R-10242").Set(DicomTags.CodeMeaning, "cranio-caudal"));
        if (!HasPixels)
            return dataset;
        var bits = WideValues is null ? 8 : 16;
        dataset
            .SetNumbers(DicomTags.SamplesPerPixel, 1).Set(DicomTags.PhotometricInterpretation, "MONOCHROME2")
            .SetNumbers(DicomTags.NumberOfFrames, Frames).SetNumbers(DicomTags.Rows, Rows).SetNumbers(DicomTags.Columns, Columns)
            .SetNumbers(DicomTags.BitsAllocated, bits).SetNumbers(DicomTags.BitsStored, bits).SetNumbers(DicomTags.HighBit, bits - 1)
            .SetNumbers(DicomTags.PixelRepresentation, IsSigned ? 1 : 0);
        More(dataset);
        if (TransferSyntax.IsEncapsulated)
            return dataset.SetFragments(DicomTags.PixelData, ReadOnlyMemory<byte>.Empty, [Fragment]);
        return WideValues is null
            ? dataset.SetBytes(DicomTags.PixelData, DicomVr.OB, Pixels)
            : dataset.SetBytes(DicomTags.PixelData, DicomVr.OW, WideValues.SelectMany(value => BitConverter.GetBytes((ushort)value)).ToArray());
    }
}
