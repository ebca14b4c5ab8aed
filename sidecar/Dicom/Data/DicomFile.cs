using System.Buffers;

namespace Gantry.Dicom;

/// <summary>A file of PS3.10 clause 7: preamble, file meta information, data set.</summary>
public sealed class DicomFile
{
    private const int PreambleLength = 128;

    /// <summary>A file to be saved. The meta information is completed on saving.</summary>
    /// <param name="dataset">The data set, with SOP Class UID and SOP Instance UID.</param>
    /// <param name="syntax">How it is to be written.</param>
    public DicomFile(DicomDataset dataset, TransferSyntax syntax)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(syntax);
        (Meta, Dataset, TransferSyntax) = (new DicomDataset(), dataset, syntax);
    }

    private DicomFile(DicomDataset meta, DicomDataset dataset, TransferSyntax syntax) =>
        (Meta, Dataset, TransferSyntax) = (meta, dataset, syntax);

    /// <summary>Group 0002, the file meta information.</summary>
    public DicomDataset Meta { get; }

    /// <summary>The data set.</summary>
    public DicomDataset Dataset { get; }

    /// <summary>How the data set stands in the file.</summary>
    public TransferSyntax TransferSyntax { get; }

    /// <summary>Reads a file into memory, up to <see cref="DicomReadOptions.MaximumLength"/> bytes.</summary>
    /// <exception cref="DicomFormatException">It is no DICOM file, or too long.</exception>
    public static DicomFile Open(string path, DicomReadOptions? options = null)
    {
        options ??= DicomReadOptions.Default;
        using var file = File.OpenRead(path);
        CheckLength(file.Length, options);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return Read(bytes, options);
    }

    /// <summary>
    /// Reads a file from where the stream stands to its end, up to <see cref="DicomReadOptions.MaximumLength"/> bytes.
    /// </summary>
    /// <exception cref="DicomFormatException">It is no DICOM file, or too long.</exception>
    public static async Task<DicomFile> ReadAsync(
        Stream stream, DicomReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        options ??= DicomReadOptions.Default;
        var bytes = new ArrayBufferWriter<byte>(64 * 1024);
        while (await stream.ReadAsync(bytes.GetMemory(16 * 1024), cancellationToken).ConfigureAwait(false) is > 0 and var count)
        {
            CheckLength(bytes.WrittenCount + (long)count, options);
            bytes.Advance(count);
        }
        return Read(bytes.WrittenMemory, options);
    }

    /// <summary>
    /// Reads a file from its bytes, which must not change as long as it is in use. A file without the preamble is accepted if
    /// it starts with file meta information, as DICOM of before 1995 and some devices have it.
    /// </summary>
    /// <exception cref="DicomFormatException">It is no DICOM file, or too long.</exception>
    public static DicomFile Read(ReadOnlyMemory<byte> bytes, DicomReadOptions? options = null)
    {
        options ??= DicomReadOptions.Default;
        CheckLength(bytes.Length, options);
        var start = bytes.Length >= PreambleLength + 4 && bytes.Span.Slice(PreambleLength, 4).SequenceEqual("DICM"u8)
            ? PreambleLength + 4
            : bytes.Span.StartsWith((ReadOnlySpan<byte>)[2, 0])
                ? 0
                : throw new DicomFormatException("This is no DICOM file: DICM is missing", PreambleLength, "");
        var reader = new DatasetReader(bytes, options);
        var meta = reader.ReadMeta(start);
        var uid = meta.GetString(DicomTags.TransferSyntaxUID)
            ?? throw new DicomFormatException("The file meta information names no transfer syntax", reader.Position,
                "(0002,0010)");
        if (!DicomUid.IsValid(uid))
            throw new DicomFormatException("The transfer syntax is not a UID", reader.Position, "(0002,0010)");
        var syntax = TransferSyntax.FromUid(uid);
        return new DicomFile(meta, ReadDataset(bytes, reader.Position, syntax, options), syntax);
    }

    /// <summary>Writes the file whole, then puts it in the place of an existing one.</summary>
    /// <exception cref="DicomFormatException">See <see cref="DicomDataset.Write"/>; or SOP Class UID or SOP Instance UID is
    /// missing.</exception>
    public async Task SaveAsync(string path, CancellationToken cancellationToken = default)
    {
        var unfinished = path + ".part";
        try
        {
            using (var file = File.Create(unfinished))
                await SaveAsync(file, cancellationToken).ConfigureAwait(false);
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Writes the file to a stream.</summary>
    /// <exception cref="DicomFormatException">See <see cref="DicomDataset.Write"/>; or SOP Class UID or SOP Instance UID is
    /// missing.</exception>
    public async Task SaveAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var bytes = new PooledBuffer();
        bytes.GetSpan(PreambleLength)[..PreambleLength].Clear();
        bytes.Advance(PreambleLength);
        bytes.Write("DICM"u8);
        FileMeta.Write(Meta, Dataset, TransferSyntax, bytes);
        Dataset.Write(bytes, TransferSyntax);
        await stream.WriteAsync(bytes.WrittenMemory, cancellationToken).ConfigureAwait(false);
    }

    private static DicomDataset ReadDataset(ReadOnlyMemory<byte> bytes, int start, TransferSyntax syntax,
        DicomReadOptions options)
    {
        try
        {
            return DicomDataset.Read(bytes[start..], syntax, options);
        }
        catch (DicomFormatException error) when (error.Offset is { } offset && !syntax.IsDeflated)
        {
            throw error.At(start + offset);
        }
    }

    private static void CheckLength(long length, DicomReadOptions options)
    {
        if (length > options.MaximumLength)
            throw new DicomFormatException($"A file of {length} bytes or more where {options.MaximumLength} are allowed.");
    }
}
