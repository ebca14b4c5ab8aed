namespace Gantry.EndToEnd.Tests.Services;

/// <summary>Everything by TLS, switched on by Orthanc's own keys in an orthanc.json.</summary>
public sealed class TlsSystemTests
{
    [Fact]
    public async Task The_whole_system_starts_and_works_with_DICOM_over_TLS()
    {
        using var certificates = await TestCertificates.MakeAsync();
        var settings = Path.Combine(GantrySystem.NewFolder(), "orthanc.json");
        // The names of files are as beside it: one is relative
        File.Copy(certificates.Key("server"), Path.Combine(Path.GetDirectoryName(settings)!, "server.key"));
        var keys = $$"""
            { "DicomTlsEnabled": true, "DicomTlsCertificate": "{{certificates.Certificate("server")}}", "DicomTlsPrivateKey": "server.key",
              "DicomTlsTrustedCertificates": "{{certificates.Authority}}",
            """;
        var plain = await File.ReadAllTextAsync(Path.Combine(GantrySystem.Root, "orthanc.json"));
        var start = plain.IndexOf("\n{", StringComparison.Ordinal);
        await File.WriteAllTextAsync(settings, $"{plain[..start]}\n{keys}{plain[(start + 2)..]}");

        await using var system = await GantrySystem.StartAsync(parts: Parts.Simulator, more: ["--orthanc-json", settings]);

        foreach (var port in new[] { system.Ports.Archive, system.Ports.Modality, system.Ports.Worklist, system.Ports.SecondWorklist })
        {
            Assert.NotEqual(0, (await Peer.RunAsync("echoscu", ["-ta", "10", "localhost", $"{port}"])).Status);
            string[] identity = ["+tls", certificates.Key("client"), certificates.Certificate("client"), "+cf", certificates.Authority];
            (await Peer.RunAsync("echoscu", [.. identity, "localhost", $"{port}"])).MustSucceed();
        }
        var status = (await GantrySystem.UpAsync("--data", system.Data, "--status")).MustSucceed();
        Assert.Contains("orthanc-modality: answers", status.Output, StringComparison.Ordinal);

        // The simulator asks, sends and is reached by TLS too
        var modality = new Archive(system.Ports.ModalityWeb);
        var orders = Archive.Json(await modality.PostAsync("modalities/worklists/find-worklist", """{ "AccessionNumber": "4567" }"""));
        Assert.Single(orders.EnumerateArray());
        var study = (await modality.GetAsync("studies")).EnumerateArray().First().GetString()!;
        Archive.Json(await modality.PostAsync("modalities/archive/store", study));
        Archive.Json(await new Archive(system).PostAsync("modalities/modality/echo", "{}"));
        Archive.Json(await new Archive(system).PostAsync("modalities/worklists/echo", "{}"));

        Directory.Delete(Path.GetDirectoryName(settings)!, recursive: true);
    }

    [Theory]
    [InlineData("/no/such/server.crt", "server", "is no file that")]
    [InlineData("/etc/hostname", "server", "holds no certificate")]
    [InlineData(null, "client", "is not that of the certificate")]
    public async Task Certificate_files_that_cannot_be_used_start_nothing_and_are_named(string? certificate, string key, string words)
    {
        using var certificates = await TestCertificates.MakeAsync();
        var folder = GantrySystem.NewFolder();
        var settings = Path.Combine(Path.GetDirectoryName(certificates.Authority)!, "orthanc.json");
        await File.WriteAllTextAsync(settings, $$"""
            { "DicomPort": 4242, "HttpPort": 8042, "DicomPortMPPS": 5243, "DicomModalities": {}, "Plugins": [], "DicomTlsEnabled": true,
              "DicomTlsCertificate": "{{certificate ?? certificates.Certificate("server")}}", "DicomTlsPrivateKey": "{{certificates.Key(key)}}" }
            """);

        var refused = await GantrySystem.UpAsync([.. GantrySystem.Arguments(Ports.Free(), folder), "--orthanc-json", settings, "--detach"]);

        Assert.Equal(2, refused.Status);
        Assert.Contains(words, refused.Output, StringComparison.Ordinal);
        Assert.Contains(certificate ?? certificates.Key(key), refused.Output, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }
}
