namespace Gantry.Sidecar.Tests.Settings;

public sealed class OrthancJsonTests
{
    [Fact]
    public void A_byte_order_mark_as_editors_of_Windows_write_it_does_not_matter()
    {
        using var folder = new SettingsFolder();
        File.WriteAllText(System.IO.Path.Combine(folder.Path, "orthanc.json"), """{ "MPPSAet": "FROM_WINDOWS" }""", new System.Text.UTF8Encoding(true));
        Assert.Equal("FROM_WINDOWS", folder.Read().Dicom.AeTitle);
    }

    [Fact]
    public void The_shared_keys_are_taken_and_all_others_ignored()
    {
        using var folder = new SettingsFolder();
        var settings = folder.With("orthanc.json", """
            // Orthanc's file
            {
              "Name": "Archive", "Plugins": [ "a", "b" ], /* not ours */
              "MPPSAet": "SCREENING_MWL",
              "DicomPort": 11112,
              "DicomPortMPPS": [ 5343, 4343 ],
              "DicomCheckCalledAet": true,
              "DicomCheckModalityHost": true,
              "DicomModalities": {
                "CT1": [ "CT1", "192.168.1.100", 104, "GenericNoWildcardInDates" ],
                "MR1": { "AET": "MR_ONE", "Host": "mr.example", "Port": 4006, "AllowStore": false },
              },
            }
            """).Read();
        Assert.Equal("SCREENING_MWL", settings.Dicom.AeTitle);
        Assert.Equal(11112, settings.Orthanc.DicomPort);
        Assert.Equal([5343, 4343], settings.Dicom.Ports);
        Assert.True(settings.Dicom.CheckCalledAeTitle);
        Assert.True(settings.Dicom.CheckModalityHost);
        Assert.Equal(
            [("CT1", "CT1", "192.168.1.100", 104), ("MR1", "MR_ONE", "mr.example", 4006)],
            settings.Dicom.Modalities.Select(m => (m.Name, m.AeTitle, m.Host, m.Port)));
    }

    [Theory]
    [InlineData("4243")]
    [InlineData("\"4243\"")]
    [InlineData("[4243]")]
    public void One_port_may_be_a_number_a_text_or_a_list(string port)
    {
        using var folder = new SettingsFolder();
        Assert.Equal([4243], folder.With("orthanc.json", $$"""{ "DicomPortMPPS": {{port}} }""").Read().Dicom.Ports);
    }

    [Fact]
    public void A_port_that_is_none_is_named_with_file_and_key()
    {
        using var folder = new SettingsFolder();
        folder.With("orthanc.json", """{ "DicomPortMPPS": [5243, 70000] }""");
        Assert.Equal(
            $"Dicom:Ports:1 is '70000' ({folder.Path}/orthanc.json, key DicomPortMPPS): "
            + "a port number from 1 to 65535 is wanted (0 takes any free one).",
            Assert.Single(folder.Problems()));
    }

    [Fact]
    public void Broken_json_is_named_with_its_line()
    {
        using var folder = new SettingsFolder();
        folder.With("orthanc.json", "{\n  \"MPPSAet\": \"A\"\n  \"DicomPortMPPS\": 1\n}");
        Assert.Contains("line 3", Assert.Single(folder.Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_modality_without_a_host_is_named()
    {
        using var folder = new SettingsFolder();
        folder.With("orthanc.json", """{ "DicomModalities": { "CT1": ["CT1"] } }""");
        Assert.Equal(
            $"Dicom:Modalities:0:Host cannot work ({folder.Path}/orthanc.json, key DicomModalities, entry CT1): a value is needed.",
            Assert.Single(folder.Problems()));
    }

    [Fact]
    public void Certificates_are_looked_for_beside_the_file()
    {
        using var folder = new SettingsFolder();
        folder.With("a.crt", "").With("a.key", "").With("ca.crt", "").With("orthanc.json", """
            { "DicomTlsEnabled": true, "DicomTlsCertificate": "a.crt", "DicomTlsPrivateKey": "a.key", "DicomTlsTrustedCertificates": "ca.crt" }
            """);
        var tls = folder.Read().Dicom.Tls;
        Assert.True(tls.Enabled);
        Assert.Equal(System.IO.Path.Combine(folder.Path, "a.crt"), tls.Certificate);
        Assert.Equal(System.IO.Path.Combine(folder.Path, "ca.crt"), tls.TrustedCertificates);
    }
}
