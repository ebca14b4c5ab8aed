using Gantry.Dicom;
using Gantry.Dicom.Network;

namespace Gantry.EndToEnd.Tests.Dcmtk;

/// <summary>DCMTK's archive takes what our client sends, and answers what it asks.</summary>
public sealed class DcmqrscpTests
{
    private const string Title = "DCMQRSCP";

    [Fact]
    public async Task Our_client_stores_an_image_and_finds_its_study_again()
    {
        await using var archive = await Dcmqrscp.StartAsync();
        var study = DicomUid.New();

        var found = await StoreAndFindAsync(archive, study);

        Assert.Equal("QRSCP", found.GetString(DicomTags.AccessionNumber));
        var seen = await Peer.RunAsync(
            "findscu",
            ["-v", "-S", "-aec", Title, "-k", "QueryRetrieveLevel=STUDY", "-k", $"StudyInstanceUID={study}", "-k", "PatientName", "localhost", $"{archive.Port}"]);
        Assert.Equal("STORE^ME", Findscu.Read(seen).Only["0010,0010"]);
    }

    private static async Task<DicomDataset> StoreAndFindAsync(Dcmqrscp archive, string study)
    {
        var image = DicomFile.Open(await Images.SaveOneAsync(archive.Folder, "CT", study, "QRSCP"));
        var storage = image.Dataset.GetString(DicomTags.SOPClassUID)!;
        await using var client = await DicomClient.ConnectAsync(new DicomClientOptions
        {
            Host = "localhost", Port = archive.Port, CalledAeTitle = Title,
            Contexts = [new(SopClassUids.Verification), new(storage), new(SopClassUids.StudyRootQueryRetrieveFind)],
        });
        Assert.Equal(DimseStatus.Success, (await client.EchoAsync()).Status);
        Assert.Equal(DimseStatus.Success, (await client.StoreAsync(image)).Status);
        var keys = new DicomDataset()
            .Set(DicomTags.QueryRetrieveLevel, "STUDY").Set(DicomTags.StudyInstanceUID, study).Set(DicomTags.AccessionNumber);
        var found = new List<DicomDataset>();
        await foreach (var item in client.FindAsync(SopClassUids.StudyRootQueryRetrieveFind, keys))
            found.Add(item);
        await client.ReleaseAsync();
        return Assert.Single(found);
    }

    /// <summary>The program with an empty archive of its own.</summary>
    private sealed class Dcmqrscp(Peer process, string folder, int port) : IAsyncDisposable
    {
        public int Port => port;

        public string Folder => folder;

        public static async Task<Dcmqrscp> StartAsync()
        {
            var (folder, port) = (GantrySystem.NewFolder(), Ports.Free().Archive);
            var images = Directory.CreateDirectory(Path.Combine(folder, "images")).FullName;
            var configuration = Path.Combine(folder, "dcmqrscp.cfg");
            await File.WriteAllTextAsync(configuration, $"""
                NetworkTCPPort = {port}
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
            var process = Peer.Start("dcmqrscp", ["-v", "-c", configuration]);
            try
            {
                await EchoLoop.UntilAnsweredAsync(process, port, "-aec", Title);
                return new(process, folder, port);
            }
            catch
            {
                await process.DisposeAsync();
                throw;
            }
        }

        public async ValueTask DisposeAsync()
        {
            await process.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }
}
