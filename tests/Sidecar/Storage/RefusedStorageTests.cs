using Gantry.Dicom;
using Gantry.Dicom.Network;
using Gantry.Sidecar.Storage;
using Gantry.Sidecar.Tests.Hosting;

namespace Gantry.Sidecar.Tests.Storage;

public sealed class RefusedStorageTests
{
    [Fact]
    public void Every_uid_of_the_list_is_a_uid_and_stands_once()
    {
        Assert.True(StorageSopClasses.Uids.Count > 150);
        Assert.Equal(StorageSopClasses.Uids.Count, StorageSopClasses.Uids.Distinct().Count());
        Assert.All(StorageSopClasses.Uids, uid => Assert.True(DicomUid.IsValid(uid)));
        Assert.Contains("1.2.840.10008.5.1.4.1.1.2", StorageSopClasses.Uids); // CT
        Assert.Contains("1.2.840.10008.5.1.4.1.1.1.2", StorageSopClasses.Uids); // mammography for presentation
        Assert.Contains("1.2.840.10008.5.1.4.1.1.88.67", StorageSopClasses.Uids); // X-ray dose report
    }

    [Theory]
    [InlineData("1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.1.2")]
    [InlineData("1.2.840.10008.5.1.4.1.1.1.2", "1.2.840.10008.1.2.4.70")]
    public async Task An_image_is_refused_with_the_way_to_orthanc(string sopClass, string syntax)
    {
        await using var gateway = await RunningGateway.StartAsync("Orthanc:DicomPort=11112");
        await using var modality = await DicomClient.ConnectAsync(
            new()
            {
                Host = "127.0.0.1", Port = gateway.Listener.EndPoints[0].Port, CallingAeTitle = "CT1",
                Contexts = [new(sopClass, TransferSyntax.FromUid(syntax))],
            });
        Assert.Equal(syntax, modality.AcceptedSyntax(sopClass)!.Uid);
        var file = new DicomFile(new DicomDataset()
            .Set(DicomTags.SOPClassUID, sopClass).Set(DicomTags.SOPInstanceUID, DicomUid.New()).Set(DicomTags.PatientName, "SMITH^JOHN"), TransferSyntax.FromUid(syntax));
        var response = await modality.StoreAsync(file, CancellationToken.None);
        Assert.Equal(DimseStatus.SopClassNotSupported, response.Status);
        Assert.Equal("Send images to Orthanc, port 11112", response.ErrorComment);
        await modality.ReleaseAsync(CancellationToken.None);
    }
}
