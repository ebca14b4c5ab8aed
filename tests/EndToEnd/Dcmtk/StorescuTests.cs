using System.Text.RegularExpressions;
using Gantry.Dicom;
using Gantry.Sidecar.Phantoms;

namespace Gantry.EndToEnd.Tests.Dcmtk;

/// <summary>DCMTK's storescu sends our images: to Orthanc, where they belong, and to the sidecar, where they do not.</summary>
[Collection(SharedSystem.Name)]
public sealed class StorescuTests(RunningSystem running)
{
    private readonly GantrySystem _system = running.System;

    public static TheoryData<string> Modalities { get; } = [.. PhantomStudies.Drawn, "OT"];

    [Theory]
    [MemberData(nameof(Modalities))]
    public async Task An_image_of_every_modality_goes_into_the_archive_as_it_is(string modality)
    {
        var study = DicomUid.New();
        var image = await Images.SaveOneAsync(_system.Data, modality, study, $"ARCHIVE{modality}");

        var stored = (await Peer.RunAsync("storescu", ["-v", "localhost", $"{_system.Ports.Archive}", image])).MustSucceed();

        Assert.Contains("Received Store Response (Success)", stored.Output, StringComparison.Ordinal);
        var kept = await new Archive(_system).StudyAsync(study);
        Assert.Equal($"ARCHIVE{modality}", kept.GetProperty("MainDicomTags").GetProperty("AccessionNumber").GetString());
        Assert.Equal("STORE^ME", kept.GetProperty("PatientMainDicomTags").GetProperty("PatientName").GetString());
    }

    [Fact]
    public async Task The_sidecar_refuses_an_image_and_names_the_port_of_the_archive()
    {
        var study = DicomUid.New();
        var image = await Images.SaveOneAsync(_system.Data, "CT", study, "REFUSED");

        var refused = await Peer.RunAsync("storescu", ["-d", "-aet", "SENDS_HERE", "localhost", $"{_system.Ports.Worklist}", image]);

        Assert.NotEqual(0, refused.Status);
        Assert.Contains("0x0122", refused.Output, StringComparison.Ordinal);
        Assert.Contains($"[Send images to Orthanc, port {_system.Ports.Archive}]", refused.Output, StringComparison.Ordinal);
        // The answer does not wait for the log
        await Patience.UntilAsync(async () =>
        {
            var log = await File.ReadAllTextAsync(Path.Combine(_system.Data, "logs", "sidecar.log"));
            return (Regex.IsMatch(log, $@"Refused an image from SENDS_HERE at \S+: images belong to Orthanc, port {_system.Ports.Archive}"), log);
        });
        Assert.Empty(await new Archive(_system).StudiesAsync(study));
    }
}
