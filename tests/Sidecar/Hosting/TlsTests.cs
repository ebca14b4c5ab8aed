using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Gantry.Sidecar.Tests.Hosting;

public sealed class TlsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gantry-tls-");

    public TlsTests()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=gantry.example", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        File.WriteAllText(FileOf("own.crt"), certificate.ExportCertificatePem());
        File.WriteAllText(FileOf("own.key"), key.ExportPkcs8PrivateKeyPem());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_gateway_proves_its_health_through_tls(bool requiresClientCertificate)
    {
        await using var gateway = await RunningGateway.StartAsync(
            "Dicom:Tls:Enabled=true", $"Dicom:Tls:Certificate={FileOf("own.crt")}", $"Dicom:Tls:PrivateKey={FileOf("own.key")}",
            $"Dicom:Tls:TrustedCertificates={FileOf("own.crt")}", $"Dicom:Tls:RequireClientCertificate={requiresClientCertificate}");
        var health = await gateway.GetAsync("/health");
        Assert.True(health.GetProperty("status").GetString() == "healthy", health.ToString());
    }

    [Fact]
    public async Task While_a_certificate_is_being_replaced_the_health_says_so_and_goes_on()
    {
        await using var gateway = await RunningGateway.StartAsync(
            "Dicom:Tls:Enabled=true", $"Dicom:Tls:Certificate={FileOf("own.crt")}", $"Dicom:Tls:PrivateKey={FileOf("own.key")}",
            $"Dicom:Tls:TrustedCertificates={FileOf("own.crt")}", "Web:HealthCacheTime=00:00:00");
        var whole = File.ReadAllText(FileOf("own.crt"));
        foreach (var torn in (string?[])[whole[..100], "", null])
        {
            if (torn is null) File.Delete(FileOf("own.crt"));
            else File.WriteAllText(FileOf("own.crt"), torn);
            var health = await gateway.GetAsync("/health");
            Assert.Equal("unhealthy", health.GetProperty("status").GetString());
            Assert.Equal("tls", health.GetProperty("checks")[0].GetProperty("phase").GetString());
        }
        File.WriteAllText(FileOf("own.crt"), whole);
        Assert.Equal("healthy", (await gateway.GetAsync("/health")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_file_that_holds_no_certificate_is_a_settings_error_that_names_it()
    {
        File.WriteAllText(FileOf("bad.crt"), "no certificate");
        var error = await Assert.ThrowsAsync<Gantry.Sidecar.Settings.SettingsException>(() => RunningGateway.StartAsync(
            "Dicom:Tls:Enabled=true", $"Dicom:Tls:Certificate={FileOf("bad.crt")}", $"Dicom:Tls:PrivateKey={FileOf("own.key")}",
            $"Dicom:Tls:TrustedCertificates={FileOf("own.crt")}"));
        Assert.Contains("bad.crt", Assert.Single(error.Problems).ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string FileOf(string name) => Path.Combine(_folder.FullName, name);
}
