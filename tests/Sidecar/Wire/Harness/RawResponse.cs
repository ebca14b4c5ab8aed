using Gantry.Dicom;

namespace Gantry.Sidecar.Tests.Wire;

/// <summary>A DIMSE response as it came.</summary>
internal sealed record RawResponse(RawCommand Command, byte[]? Data, TransferSyntax Syntax)
{
    public int Status => Command.UInt16Of(0x0900);

    public string? ErrorComment => Command.TextOf(0x0902);

    public IReadOnlyList<DicomTag> OffendingElements => Command.TagsOf(0x0901);

    public IReadOnlyList<DicomTag> AttributeList => Command.TagsOf(0x1005);

    public string? SopInstanceUid => Command.TextOf(0x1000);

    public int? ErrorId => Command.Has(0x0903) ? Command.UInt16Of(0x0903) : null;

    public DicomDataset Dataset => DicomDataset.Read(Data!, Syntax);
}

/// <summary>What a C-FIND brought: pending responses and the final one.</summary>
internal sealed record RawFind(IReadOnlyList<RawResponse> Pending, RawResponse Final)
{
    public IReadOnlyList<DicomDataset> Answers => [.. Pending.Select(response => response.Dataset)];

    /// <summary>The accession numbers in the order they came.</summary>
    public IReadOnlyList<string?> Accessions => [.. Answers.Select(answer => answer.GetString(DicomTags.AccessionNumber))];

    /// <summary>The pending responses, after a look that all went as it should.</summary>
    public IReadOnlyList<DicomDataset> Succeeded()
    {
        Assert.Equal(0x0000, Final.Status);
        Assert.Null(Final.Data);
        return Answers;
    }
}
