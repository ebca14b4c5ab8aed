using System.Globalization;
using Gantry.Dicom;
using Gantry.Dicom.Network;
using Gantry.Worklist.Tests.Engines;

namespace Gantry.Bench.Cloud.Story;

/// <summary>A mammography device stores full-size images at the pace of exams; a page shows their thumbnails.</summary>
internal static class MammogramBench
{
    private const int Exams = 10, PerExam = 4, WarmUp = 4;

    // As devices of 2D screening make them: 2560 x 3328 at 16 bits, 17 MB
    private const int Rows = 3328, Columns = 2560;
    private const string ForPresentation = "1.2.840.10008.5.1.4.1.1.1.2";
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);

    public static async Task<IReadOnlyList<Figures>> RunAsync(string work, PrivatePostgres server, CancellationToken cancellationToken)
    {
        await using var scene = await CloudScene.StartAsync(work, "images", server, cancellationToken);
        var exams = await scene.Data.ClinicsAsync(1, Exams + 1, null, cancellationToken);
        var settings = new List<string>(scene.Cloud.Settings) { "--ChangeFeed:FirstStart=Beginning" };
        await using var gateway = new Gateway(Path.Combine(scene.Folder, "gateway"), await scene.WorklistAsync(exams, [], cancellationToken), settings);
        await using var archive = new Archive(Path.Combine(scene.Folder, "orthanc"), gateway.Port);
        settings.AddRange(archive.Settings);
        await archive.StartAsync(cancellationToken);
        await gateway.StartAsync(cancellationToken);
        var pages = await Task.WhenAll(exams.Select(exam =>
            LiveClient.OpenAsync(scene.Cloud, scene.Cookies, $"/api/clinic/{exam.Clinic}/appointment/{exam.Appointment}/images/stream", cancellationToken)));
        await using var modality = await DicomClient.ConnectAsync(
            new() { Host = "127.0.0.1", Port = archive.Port, CallingAeTitle = "BENCH", CalledAeTitle = "ORTHANC", Contexts = [new(ForPresentation)] }, cancellationToken: cancellationToken);
        var pixels = Pixels();
        var (waits, storing) = (new List<(int Exam, string Uid, long At)>(), new List<double>());
        using var pace = new PeriodicTimer(Between);
        var load = new Load(("gateway", gateway.ProcessorSeconds), ("cloud", scene.Cloud.ProcessorSeconds), ("database", scene.DatabaseSeconds), ("Orthanc", archive.ProcessorSeconds));
        for (var number = 0; number < (Exams + 1) * PerExam; number++)
        {
            var exam = number / PerExam;
            var (uid, image) = Image(exams[exam], number % PerExam, pixels);
            await pace.WaitForNextTickAsync(cancellationToken);
            var begun = TimeProvider.System.GetTimestamp();
            var answer = await modality.StoreAsync(image, cancellationToken);
            if (!answer.IsSuccess) throw new BenchException($"Orthanc answered 0x{answer.Status:X4}.");
            waits.Add((exam, uid, TimeProvider.System.GetTimestamp()));
            storing.Add(TimeProvider.System.GetElapsedTime(begun).TotalMilliseconds);
        }

        foreach (var page in pages) await page.UntilAsync(PerExam, cancellationToken).WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
        var table = new Figures($"mammograms of {Columns} x {Rows} at 16 bits, {Exams * PerExam} images, 2 a second");
        table.Add("C-STORE itself", [.. storing.Skip(WarmUp)]);
        table.Add(
            "C-STORE finished until the thumbnail's event at an SSE client",
            [.. waits.Skip(WarmUp).Select(one => TimeProvider.System.GetElapsedTime(one.At, pages[one.Exam].Seen(one.Uid)!.Value.At).TotalMilliseconds)], 500);
        table.Add("images with a thumbnail", await scene.Data.CountAsync("images WHERE thumbnail IS NOT NULL", cancellationToken), $"of {waits.Count}", atLeast: waits.Count);
        table.Add("processor", load.Shares());
        foreach (var page in pages) await page.DisposeAsync();
        return [table.Print()];
    }

    /// <summary>A bright half circle on dark ground, with grain.</summary>
    private static byte[] Pixels()
    {
        var pixels = new byte[Rows * Columns * 2];
        var grain = new Random(1);
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
            {
                var distance = Math.Sqrt(((row - (Rows / 2.0)) * (row - (Rows / 2.0))) + ((double)column * column));
                var value = (ushort)((distance < Columns * 0.6 ? 1500 + (int)(distance / 2) : 60) + grain.Next(40));
                (pixels[((row * Columns) + column) * 2], pixels[(((row * Columns) + column) * 2) + 1]) = ((byte)value, (byte)(value >> 8));
            }
        }

        return pixels;
    }

    private static (string Uid, DicomFile Image) Image(BenchExam exam, int number, byte[] pixels)
    {
        var uid = DicomUid.New();
        var dataset = new DicomDataset()
            .Set(DicomTags.SpecificCharacterSet, "ISO_IR 192").Set(DicomTags.SOPClassUID, ForPresentation).Set(DicomTags.SOPInstanceUID, uid)
            .Set(DicomTags.StudyInstanceUID, exam.Order.StudyInstanceUid!).Set(DicomTags.SeriesInstanceUID, $"{exam.Order.StudyInstanceUid}.{number}")
            .Set(DicomTags.PatientID, exam.NhsNumber).Set(DicomTags.PatientName, "BENCH^ADA").Set(DicomTags.StudyDate, "20260105").Set(DicomTags.StudyTime, "103500")
            .Set(DicomTags.AccessionNumber, exam.Accession).Set(DicomTags.Modality, "MG").SetNumbers(DicomTags.InstanceNumber, 1)
            .Set(DicomTags.ImageLaterality, number < 2 ? "R" : "L").Set(DicomTags.ViewPosition, number % 2 == 0 ? "CC" : "MLO")
            .SetNumbers(DicomTags.SamplesPerPixel, 1).Set(DicomTags.PhotometricInterpretation, "MONOCHROME2").SetNumbers(DicomTags.Rows, Rows).SetNumbers(DicomTags.Columns, Columns)
            .SetNumbers(DicomTags.BitsAllocated, 16).SetNumbers(DicomTags.BitsStored, 12).SetNumbers(DicomTags.HighBit, 11).SetNumbers(DicomTags.PixelRepresentation, 0)
            .Set(DicomTags.WindowCenter, "1500").Set(DicomTags.WindowWidth, (3000).ToString(CultureInfo.InvariantCulture))
            .SetBytes(DicomTags.PixelData, DicomVr.OW, pixels);
        return (uid, new DicomFile(dataset, TransferSyntax.ExplicitVrLittleEndian));
    }
}
