namespace Gantry.Dicom;

/// <summary>A file of PS3.10 clause 7: preamble, file meta information, data set.</summary>
public sealed class DicomFile
{
    /// <summary>A file to be saved. The meta information is completed on saving.</summary>
    /// <param name="dataset">The data set, with SOP Class UID and SOP Instance UID.</param>
    /// <param name="syntax">How it is to be written.</param>
    public DicomFile(DicomDataset dataset, TransferSyntax syntax) => (Dataset, TransferSyntax) = (dataset, syntax);

    /// <summary>Group 0002.</summary>
    public DicomDataset Meta { get; private init; } = new();

    /// <summary>The data set.</summary>
    public DicomDataset Dataset { get; }

    /// <summary>How the data set stands in the file.</summary>
    public TransferSyntax TransferSyntax { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="DicomFormatException">It is no DICOM file.</exception>
    public static DicomFile Open(string path, DicomReadOptions? options = null) => throw new NotImplementedException();

    /// <summary>Reads a file from where the stream stands to its end.</summary>
    /// <exception cref="DicomFormatException">It is no DICOM file.</exception>
    public static Task<DicomFile> ReadAsync(Stream stream, DicomReadOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Writes the file; an existing one is replaced.</summary>
    public Task SaveAsync(string path, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Writes the file.</summary>
    public Task SaveAsync(Stream stream, CancellationToken cancellationToken = default) => throw new NotImplementedException();
}
