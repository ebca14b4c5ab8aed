using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gantry.Odbc.Tests.Parts;
using Gantry.Sidecar.Settings;
using Gantry.Sidecar.Tests.Hosting;
using Gantry.Sidecar.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Gantry.Sidecar.Tests.Web;

/// <summary>HTTPS by certificate files, and a proxy that ends it before us.</summary>
public sealed class WebTlsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gantry-webtls-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Pages_come_by_HTTPS_with_the_certificate_of_the_files_and_say_so_for_a_year()
    {
        Write("first.example");
        await using var gateway = await RunningGateway.StartAsync(Tls);
        Assert.Equal("https", gateway.Client.BaseAddress!.Scheme);

        using var answer = await AskAsync(gateway.Client.BaseAddress, "first.example");

        Assert.Equal("max-age=31536000", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")));
        Assert.Contains("Gantry", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_are_replaced_are_taken_up_and_broken_ones_leave_the_old_certificate()
    {
        Write("first.example");
        var time = new ManualTime();
        var builder = WebApplication.CreateSlimBuilder();
        var certificate = WebCertificate.Open(Settings, time)!;
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, certificate.Protect));
        await using var app = builder.Build();
        app.MapGet("/", () => "here");
        await app.StartAsync();
        var address = new Uri(app.Urls.Single());

        File.WriteAllText(CertificateFile, "half of a file");
        File.SetLastWriteTimeUtc(CertificateFile, DateTime.UnixEpoch);
        time.Advance(TimeSpan.FromSeconds(30));
        (await AskAsync(address, "first.example")).Dispose();

        Write("second.example");
        (await AskAsync(address, "first.example")).Dispose();
        time.Advance(TimeSpan.FromSeconds(30));
        (await AskAsync(address, "second.example")).Dispose();
    }

    [Fact]
    public async Task Health_tells_of_a_certificate_that_runs_out_soon()
    {
        Write("first.example", TimeProvider.System.GetUtcNow().AddDays(5));
        await using var gateway = await RunningGateway.StartAsync(Tls);

        using var answer = await AskAsync(new(gateway.Client.BaseAddress!, "/health"), "first.example");

        Assert.Contains($"The certificate in {CertificateFile} runs out on", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_not_the_certificates_is_a_settings_error_that_names_both()
    {
        Write("first.example");
        File.WriteAllText(KeyFile, ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportPkcs8PrivateKeyPem());

        var error = await Assert.ThrowsAsync<SettingsException>(() => RunningGateway.StartAsync(Tls));

        Assert.All([CertificateFile, KeyFile], file => Assert.Contains(file, Assert.Single(error.Problems).ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("10.9.8.7", false)]
    [InlineData("127.0.0.0/8", true)]
    public async Task Only_a_trusted_proxy_is_believed_that_the_browser_came_by_HTTPS(string trusted, bool isBelieved)
    {
        await using var gateway = await RunningGateway.StartAsync($"Web:TrustedProxies={trusted}", "Web:AllowedHosts=*");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Host", "gantry.hospital.test");

        using var answer = await gateway.Client.SendAsync(request);

        Assert.Equal(isBelieved, answer.Headers.Contains("Strict-Transport-Security"));
    }

    private string CertificateFile => Path.Combine(_folder.FullName, "web.crt");

    private string KeyFile => Path.Combine(_folder.FullName, "web.key");

    private string[] Tls => [$"Web:Tls:Certificate={CertificateFile}", $"Web:Tls:PrivateKey={KeyFile}"];

    private WebTlsOptions Settings => new() { Certificate = CertificateFile, PrivateKey = KeyFile };

    private void Write(string name, DateTimeOffset? until = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, until ?? DateTimeOffset.UnixEpoch.AddYears(200));
        File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem());
    }

    /// <summary>Asks by a connection of its own, and wants the certificate of this name.</summary>
    private static async Task<HttpResponseMessage> AskAsync(Uri address, string name)
    {
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.Subject == $"CN={name}",
            },
        };
        using var client = new HttpClient(handler);
        return await client.GetAsync(address);
    }
}
