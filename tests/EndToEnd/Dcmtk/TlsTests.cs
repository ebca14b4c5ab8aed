namespace Gantry.EndToEnd.Tests.Dcmtk;

/// <summary>DICOM over TLS, switched on with Orthanc's own keys in orthanc.json, asked by DCMTK and openssl.</summary>
public sealed class TlsTests(TlsTests.SecuredSidecars secured) : IClassFixture<TlsTests.SecuredSidecars>
{
    private TestCertificates Certificates => secured.Certificates;

    [Theory]
    [InlineData("echoscu")]
    [InlineData("echoscu", "+py")]
    [InlineData("echoscu", "+px")]
    [InlineData("echoscu", "+pz")]
    [InlineData("findscu", "-W", "-k", "AccessionNumber=4567")]
    public async Task A_client_of_the_same_authority_is_served(string program, params string[] options)
    {
        var answered = await CallAsync(secured.Strict, program, [.. options, .. Identity("client")]);

        answered.MustSucceed();
        Assert.Matches("Received (Echo Response|Final Find Response) \\(Success\\)", answered.Output);
    }

    [Fact]
    public async Task A_client_without_a_certificate_is_refused()
    {
        var refused = await CallAsync(secured.Strict, "echoscu", ["+tla", "-ic"]);

        Assert.NotEqual(0, refused.Status);
        await secured.Strict.LogShowsAsync("TLS handshake of connection");
    }

    [Fact]
    public async Task A_client_of_another_authority_is_refused()
    {
        var refused = await CallAsync(secured.Strict, "echoscu", Identity("intruder"));

        Assert.NotEqual(0, refused.Status);
        Assert.DoesNotContain("Success", refused.Output, StringComparison.Ordinal);
        await secured.Strict.LogShowsAsync("TLS handshake of connection");
    }

    [Fact]
    public async Task A_client_that_speaks_plain_DICOM_is_refused_at_once()
    {
        var refused = await CallAsync(secured.Strict, "echoscu", ["-ta", "10"]);

        Assert.NotEqual(0, refused.Status);
        (await CallAsync(secured.Strict, "echoscu", Identity("client"))).MustSucceed();
    }

    [Fact]
    public async Task A_client_that_trusts_another_authority_does_not_take_us_for_who_we_are()
    {
        var refused = await CallAsync(
            secured.Strict, "echoscu",
            ["+tls", Certificates.Key("client"), Certificates.Certificate("client"), "+cf", Certificates.StrangersAuthority]);

        Assert.NotEqual(0, refused.Status);
    }

    [Fact]
    public async Task Where_no_client_certificate_is_wanted_an_anonymous_client_is_served() =>
        (await CallAsync(secured.Open, "echoscu", ["+tla", "+cf", Certificates.Authority])).MustSucceed();

    [Theory]
    [InlineData("-tls1")]
    [InlineData("-tls1_1")]
    [InlineData("-tls1_2", "-cipher", "AES128-SHA")]
    [InlineData("-tls1_2", "-cipher", "AES128-GCM-SHA256")]
    public async Task Old_versions_and_suites_without_forward_secrecy_are_refused(params string[] options)
    {
        var refused = await SClientAsync(options);

        Assert.DoesNotMatch(@"Cipher is (?!\(NONE\))", refused.Output);
        Assert.NotEqual(0, refused.Status);
    }

    [Theory]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public async Task New_versions_are_taken(string version) =>
        Assert.Matches(@"Cipher is (?!\(NONE\))", (await SClientAsync([version])).Output);

    private Task<PeerResult> SClientAsync(string[] options) => Peer.RunAsync(
        "openssl",
        [
            "s_client", "-connect", $"127.0.0.1:{secured.Strict.Port}", "-CAfile", Certificates.Authority,
            "-cert", Certificates.Certificate("client"), "-key", Certificates.Key("client"), .. options,
        ]);

    private string[] Identity(string name) =>
        ["+tls", Certificates.Key(name), Certificates.Certificate(name), "+cf", Certificates.Authority];

    private static Task<PeerResult> CallAsync(SidecarAlone sidecar, string program, string[] options) =>
        Peer.RunAsync(program, ["-v", .. options, "localhost", $"{sidecar.Port}"]);

    /// <summary>One that wants client certificates and one that does not.</summary>
    public sealed class SecuredSidecars : IAsyncLifetime
    {
        internal TestCertificates Certificates { get; private set; } = null!;

        internal SidecarAlone Strict { get; private set; } = null!;

        internal SidecarAlone Open { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Certificates = await TestCertificates.MakeAsync();
            Strict = await StartAsync("true");
            Open = await StartAsync("false");
        }

        public async Task DisposeAsync()
        {
            foreach (var sidecar in new[] { Strict, Open })
            {
                if (sidecar is not null)
                    await sidecar.DisposeAsync();
            }
            Certificates?.Dispose();
        }

        private async Task<SidecarAlone> StartAsync(string required)
        {
            var file = $"{Certificates.Authority}.{required}.json";
            await File.WriteAllTextAsync(file, $$"""
                {
                  "DicomTlsEnabled": true,
                  "DicomTlsCertificate": "{{Certificates.Certificate("server")}}",
                  "DicomTlsPrivateKey": "{{Certificates.Key("server")}}",
                  "DicomTlsTrustedCertificates": "{{Certificates.Authority}}",
                  "DicomTlsRemoteCertificateRequired": {{required}}
                }
                """);
            return await SidecarAlone.StartAsync(("ORTHANC_JSON", file));
        }
    }
}
