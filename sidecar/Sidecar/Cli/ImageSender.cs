using System.Globalization;
using Gantry.Dicom;
using Gantry.Dicom.Network;

namespace Gantry.Sidecar.Cli;

/// <summary>Stores images in the archive, one at a time: each is drawn, sent and forgotten before the next.</summary>
internal static class ImageSender
{
    /// <summary>The classes of the objects that phantoms are made as: CT, MR, CR, DX, MG, US, XA and Secondary Capture.</summary>
    public static IReadOnlyList<string> SopClasses { get; } =
    [
        "1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.5.1.4.1.1.4", "1.2.840.10008.5.1.4.1.1.1", "1.2.840.10008.5.1.4.1.1.1.1",
        "1.2.840.10008.5.1.4.1.1.1.2", "1.2.840.10008.5.1.4.1.1.6.1", "1.2.840.10008.5.1.4.1.1.12.1", "1.2.840.10008.5.1.4.1.1.7",
    ];

    /// <summary>Sends a study's images on an open association; the step is over when the archive has taken the last.</summary>
    /// <param name="report">Where the step and its progress go.</param>
    /// <param name="client">An association that proposed <see cref="SopClasses"/>.</param>
    /// <param name="label">What is sent, such as its modality.</param>
    /// <param name="images">The images; each is asked for when the one before has been taken.</param>
    /// <param name="tally">Gets each image that was taken.</param>
    /// <param name="cancellationToken">Aborts the association.</param>
    /// <returns>Bytes of pixel data sent.</returns>
    /// <exception cref="StepReportedException">The archive refused an image; those before it stay there.</exception>
    public static Task<long> SendAsync(
        StepReport report, DicomClient client, string label, IEnumerable<DicomFile> images, SeriesTally tally,
        CancellationToken cancellationToken) =>
        report.RunAsync(
            $"C-STORE {label}",
            async () =>
            {
                long bytes = 0;
                foreach (var image in images)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    report.Progress(string.Create(CultureInfo.InvariantCulture, $"sending {label} image {tally.Images + 1} ..."));
                    await StoreAsync(client, image, tally, cancellationToken);
                    bytes += image.Dataset.GetBytes(DicomTags.PixelData).Length;
                }
                return bytes;
            },
            bytes => string.Create(CultureInfo.InvariantCulture, $"{tally.Told}, {bytes / 1e6:0.0} MB of pixels"),
            cancellationToken);

    private static async Task StoreAsync(
        DicomClient client, DicomFile image, SeriesTally tally, CancellationToken cancellationToken)
    {
        try
        {
            (await client.StoreAsync(image, cancellationToken)).Done();
        }
        catch (Exception failure) when (
            tally.Images > 0 && FailureWords.Of(failure) is { } words && !cancellationToken.IsCancellationRequested)
        {
            throw new StepFailedException(words.Phase, $"{words.Message} The archive has taken {tally.Told} before.");
        }
        tally.Add(image.Dataset);
    }
}
