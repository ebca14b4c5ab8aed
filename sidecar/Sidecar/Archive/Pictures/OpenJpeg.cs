using System.Globalization;

namespace Gantry.Sidecar.Archive.Pictures;

/// <summary>Decodes JPEG 2000 with OpenJPEG's own program (Debian: libopenjp2-tools), in a process that may fail as it likes.</summary>
internal static class OpenJpeg
{
    public const string Program = "opj_decompress";
    public const string WayOut = "JPEG 2000 images have no preview: install Debian's package libopenjp2-tools (opj_decompress).";

    private const int MostReduction = 5;
    private const long MostSamples = 50_000_000;
    private const long LongestFile = 256L << 20;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Whether this machine has the program; looked up each time, so that installing it is enough.</summary>
    public static bool IsInstalled => BoundedProcess.Find(Program) is not null;

    /// <summary>Decodes one frame.</summary>
    /// <param name="codestream">A JPEG 2000 codestream, or a JP2 file.</param>
    /// <param name="atLeast">Rows that are enough: a smaller resolution is decoded if it still has so many. Null for all.</param>
    /// <param name="cancellationToken">Gives up, and ends the process.</param>
    /// <exception cref="PictureException">It cannot be decoded, or not here.</exception>
    public static async Task<Raster> DecodeAsync(Stream codestream, int? atLeast, CancellationToken cancellationToken)
    {
        var program = BoundedProcess.Find(Program) ?? throw new PictureException(WayOut);
        // Only we may look into it (mode 0700): it holds an image of a patient
        var folder = Directory.CreateTempSubdirectory("gantry-picture-");
        try
        {
            return await DecodeAsync(program, folder.FullName, codestream, atLeast, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new PictureException($"The temporary folder {folder.FullName} cannot be used: {error.Message}", error);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Raster> DecodeAsync(
        string program, string folder, Stream codestream, int? atLeast, CancellationToken cancellationToken)
    {
        var input = Path.Combine(folder, "in.j2k");
        var header = await SaveAsync(codestream, input, cancellationToken);
        if (header.Components is not (1 or 3) || header.Bits > 16)
            throw new PictureException($"A JPEG 2000 image with {header.Components} components of {header.Bits} bits is not decoded here.");
        if ((long)header.Width * header.Height * header.Components > MostSamples)
            throw new PictureException($"The JPEG 2000 image is too large to be decoded here: {header.Width} x {header.Height} pixels.");
        if (await IsBoxedAsync(input, cancellationToken))
        {
            File.Move(input, Path.ChangeExtension(input, ".jp2"));
            input = Path.ChangeExtension(input, ".jp2");
        }
        var output = Path.Combine(folder, header.Components == 1 ? "out.pgm" : "out.ppm");
        for (var reduction = Reduction(header.Height, atLeast); ; reduction = 0)
        {
            var code = await BoundedProcess.RunAsync(
                program, ["-i", input, "-o", output, "-r", reduction.ToString(CultureInfo.InvariantCulture)], folder, Limit, cancellationToken);
            if (code == 0 && File.Exists(output))
            {
                var (width, height, samples, values) = Netpbm.Read(await File.ReadAllBytesAsync(output, cancellationToken));
                return new(width, height, samples, header.Bits, header.IsSigned, values);
            }
            // It may have fewer resolutions than we asked to leave out
            if (reduction == 0)
                throw new PictureException($"The JPEG 2000 image is damaged: {Program} ended with {code}.");
        }
    }

    /// <summary>How many times the size may be halved.</summary>
    private static int Reduction(int height, int? atLeast)
    {
        var reduction = 0;
        while (atLeast is { } enough && reduction < MostReduction && height >> (reduction + 1) >= enough)
            reduction++;
        return reduction;
    }

    private static async Task<CodestreamHeader> SaveAsync(Stream codestream, string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite);
        var block = new byte[CodestreamHeader.LongestSearch];
        var head = await codestream.ReadAtLeastAsync(block, block.Length, throwOnEndOfStream: false, cancellationToken);
        var header = CodestreamHeader.Read(block.AsSpan(0, head));
        for (var (count, all) = (head, (long)head); count > 0; all += count = await codestream.ReadAsync(block, cancellationToken))
        {
            if (all > LongestFile)
                throw new PictureException("The compressed image is too long to be decoded here.");
            await file.WriteAsync(block.AsMemory(0, count), cancellationToken);
        }
        return header;
    }

    /// <summary>True for a JP2 file, which some devices store though DICOM wants the bare codestream (PS3.5 A.4.4).</summary>
    private static async Task<bool> IsBoxedAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        var start = new byte[8];
        return await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken) == start.Length
            && start.AsSpan(4).SequenceEqual("jP  "u8);
    }
}
