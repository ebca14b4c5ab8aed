using System.Diagnostics;
using Gantry.Dicom;
using Orthanc.Net;
using Orthanc.Net.Tests;

namespace Gantry.Sidecar.Tests.Archive;

/// <summary>GDCM's converter: makes the compressed images that the archive meets.</summary>
internal static class Gdcmconv
{
    /// <summary>Stores an image, compressed as an option of gdcmconv says (<c>--j2k</c>, <c>--rle</c>, ...).</summary>
    public static async Task<OrthancUpload> UploadAsync(OrthancClient client, SyntheticImage image, string option, Action<DicomDataset>? spoil = null)
    {
        var folder = Directory.CreateTempSubdirectory("gantry-gdcmconv-");
        try
        {
            var (plain, packed) = (Path.Combine(folder.FullName, "plain.dcm"), Path.Combine(folder.FullName, "packed.dcm"));
            using (var stream = await image.ToStreamAsync())
                await File.WriteAllBytesAsync(plain, stream.ToArray());
            using var process = Process.Start(new ProcessStartInfo("gdcmconv", [option, plain, packed]) { RedirectStandardError = true })!;
            var words = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, words);
            var file = DicomFile.Open(packed);
            spoil?.Invoke(file.Dataset);
            using var changed = new MemoryStream();
            await file.SaveAsync(changed);
            changed.Position = 0;
            return await client.Instances.UploadAsync(changed);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
