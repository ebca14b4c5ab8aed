using Gantry.Dicom;
using Orthanc.Net.Tests;

namespace Gantry.Bench.Images;

/// <summary>A study as large as a CT of 500 slices: 500 objects of half a megabyte, in files.</summary>
internal static class StudyFiles
{
    public const int Slices = 500;

    /// <summary>Bytes of pixels of one: 512 x 512 at 16 bits.</summary>
    public const int PixelBytes = 512 * 512 * 2;

    public static async Task<IReadOnlyList<string>> WriteAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        var files = new List<string>(Slices);
        var noise = new Random(1);
        var image = new SyntheticImage { Rows = 512, Columns = 1024 };
        for (var i = 0; i < Slices; i++, image = image.Next())
        {
            var pixels = new byte[PixelBytes];
            noise.NextBytes(pixels);
            files.Add(Path.Combine(folder, FormattableString.Invariant($"{i:000}.dcm")));
            var slice = image with { More = dataset => dataset.SetBytes(DicomTags.PixelData, DicomVr.OB, pixels) };
            await using var stream = await slice.ToStreamAsync();
            await using var file = File.Create(files[^1]);
            await stream.CopyToAsync(file);
        }

        return files;
    }
}
