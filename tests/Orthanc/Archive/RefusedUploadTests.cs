namespace Orthanc.Net.Tests;

[Collection(ArchiveTests.Name)]
public sealed class RefusedUploadTests(RunningOrthanc orthanc)
{
    [Fact]
    public async Task A_long_upload_with_a_wrong_password_is_told_as_such()
    {
        var client = Clients.Of(new OrthancClientOptions { BaseAddress = orthanc.Process.Address, Username = "tester", Password = "wrong" });
        using var stream = await new SyntheticImage { Rows = 4096, Columns = 4096 }.ToStreamAsync();

        await Assert.ThrowsAsync<OrthancUnauthorizedException>(() => client.Instances.UploadAsync(stream));
    }
}
