using Gantry.Dicom;
using Gantry.Dicom.Network;

namespace Gantry.EndToEnd.Tests.Dcmtk;

/// <summary>DCMTK's archive takes what our client sends, and answers what it asks.</summary>
public sealed class DcmqrscpTests : IAsyncLifetime
{
    private const string Title = "DCMQRSCP";
    private readonly string _folder = GantrySystem.NewFolder();
    private readonly int _port = Ports.Free().Archive;
    private Peer? _archive;

    public async Task InitializeAsync()
    {
        var images = Directory.CreateDirectory(Path.Combine(_folder, "images")).FullName;
        var configuration = Path.Combine(_folder, "dcmqrscp.cfg");
        await File.WriteAllTextAsync(configuration, $"""
            NetworkTCPPort = {_port}
            MaxPDUSize = 16384
            MaxAssociations = 16
            HostTable BEGIN
            HostTable END
            VendorTable BEGIN
            VendorTable END
            AETable BEGIN
            {Title} "{images}" RW (10, 1024mb) ANY
            AETable END

            """);
        _archive = Peer.Start("dcmqrscp", ["-v", "-c", configuration]);
        // It says nothing when it is ready; each attempt takes as long as a program takes to start
        for (var attempt = 0; attempt < 300; attempt++)
        {
            if ((await Peer.RunAsync("echoscu", ["-q", "-aec", Title, "localhost", $"{_port}"])).Status == 0)
                return;
        }
        Assert.Fail($"dcmqrscp does not answer:\n{_archive.Output}");
    }

    public async Task DisposeAsync()
    {
        if (_archive is not null)
            await _archive.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Our_client_stores_images_and_finds_their_study_again()
    {
        var study = DicomUid.New();
        var image = DicomFile.Open(await Images.SaveOneAsync(_folder, "CT", study, "QRSCP"));
        var storage = image.Dataset.GetString(DicomTags.SOPClassUID)!;

        await using var client = await DicomClient.ConnectAsync(new DicomClientOptions
        {
            Host = "localhost", Port = _port, CalledAeTitle = Title,
            Contexts = [new(SopClassUids.Verification), new(storage), new(SopClassUids.StudyRootQueryRetrieveFind)],
        });
        Assert.Equal(DimseStatus.Success, (await client.EchoAsync()).Status);
        Assert.Equal(DimseStatus.Success, (await client.StoreAsync(image)).Status);
        var keys = new DicomDataset()
            .Set(DicomTags.QueryRetrieveLevel, "STUDY").Set(DicomTags.StudyInstanceUID, study).Set(DicomTags.AccessionNumber).Set(DicomTags.PatientName);
        var found = new List<DicomDataset>();
        await foreach (var item in client.FindAsync(SopClassUids.StudyRootQueryRetrieveFind, keys))
            found.Add(item);
        await client.ReleaseAsync();

        Assert.Equal("QRSCP", Assert.Single(found).GetString(DicomTags.AccessionNumber));
        var seen = await Peer.RunAsync(
            "findscu",
            ["-v", "-S", "-aec", Title, "-k", "QueryRetrieveLevel=STUDY", "-k", $"StudyInstanceUID={study}", "-k", "PatientName", "localhost", $"{_port}"]);
        Assert.Equal("STORE^ME", Findscu.Read(seen).Only["0010,0010"]);
    }
}
