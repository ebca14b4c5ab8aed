using System.Net;
using System.Net.Sockets;

namespace Gantry.EndToEnd.Tests.Hostile;

/// <summary>Settings that cannot work stop the start of the real program, which names them.</summary>
public sealed class SettingsTests
{
    [Theory]
    [InlineData("Dicom__MaximumPduLength", "100", "Dicom:MaximumPduLength", "4096 to 16777216")]
    [InlineData("Dicom__Ports", "70000", "Dicom:Ports", "1 to 65535")]
    [InlineData("Dicom__Ports", "5243,many", "Dicom:Ports", "number")]
    [InlineData("Dicom__AeTitle", "LONGER_THAN_SIXTEEN", "Dicom:AeTitle", "1 to 16")]
    [InlineData("Dicom__ArtimTimeout", "soon", "Dicom:ArtimTimeout", "such as 00:00:30")]
    [InlineData("Dicom__ArtimTimeout", "00:00:00", "Dicom:ArtimTimeout", "00:00:01")]
    [InlineData("Dicom__MaximumAssociations", "-1", "Dicom:MaximumAssociations", "1 to 100000")]
    [InlineData("Dicom__BindAddresses", "eth0", "Dicom:BindAddresses", "IP address")]
    [InlineData("Dicom__CheckCallingAeTitle", "perhaps", "Dicom:CheckCallingAeTitle", "true")]
    [InlineData("Dicom__CheckCallingAeTitle", "true", "Dicom:CheckCallingAeTitle", "DicomModalities")]
    [InlineData("Dicom__Tls__Enabled", "true", "Dicom:Tls:Certificate", "PEM")]
    [InlineData("Dicom__Tls__Certificate", "/nowhere/cert.pem", "Dicom:Tls:Certificate", "no such file")]
    [InlineData("Site__TimeZone", "Europe/Atlantis", "Site:TimeZone", "time zone")]
    [InlineData("Peers__0__CharacterSets", "ISO_IR 999", "Peers:0:CharacterSets", "ISO_IR")]
    [InlineData("Peers__0__ListedStatuses", "LOST", "Peers:0:ListedStatuses", "SCHEDULED")]
    [InlineData("MODALITY_AET_US", "TOO_LONG_FOR_AN_AE_TITLE", "ModalityAeTitles:US", "1 to 16")]
    [InlineData("ORTHANC_URL", "localhost", "Orthanc:Url", "http://")]
    [InlineData("ORTHANC_JSON", "/nowhere/orthanc.json", "ORTHANC_JSON", "no such file")]
    public async Task The_start_stops_with_the_key_the_value_and_what_is_allowed(string name, string value, string key, string allowed)
    {
        var stopped = await SidecarAlone.RunAsync((name, value));

        Assert.Equal(78, stopped.Status);
        Assert.Contains("The settings cannot work", stopped.Output, StringComparison.Ordinal);
        Assert.Contains(key, stopped.Output, StringComparison.Ordinal);
        Assert.Contains(allowed, stopped.Output, StringComparison.OrdinalIgnoreCase);
        Assert.True(value == "true" || value.Split(',').Any(part => stopped.Output.Contains($"'{part}'", StringComparison.Ordinal)), stopped.Output);
        Assert.DoesNotContain("   at ", stopped.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named_with_its_process()
    {
        using var squatter = new TcpListener(IPAddress.Any, 0);
        squatter.Start();
        var port = ((IPEndPoint)squatter.LocalEndpoint).Port;

        var stopped = await SidecarAlone.RunAsync(("Dicom__Ports", $"{port}"));

        Assert.Equal(69, stopped.Status);
        Assert.Contains($"Port {port} (DICOM) is in use by", stopped.Output, StringComparison.Ordinal);
        Assert.Contains($"{Environment.ProcessId}", stopped.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worklist_that_is_none_is_named_and_left_as_it_is()
    {
        var file = Path.GetTempFileName();
        var text = string.Concat(Enumerable.Repeat("Not a database at all. ", 100));
        await File.WriteAllTextAsync(file, text);

        var stopped = await SidecarAlone.RunAsync(("WORKLIST_DB_PATH", file));

        Assert.Equal(69, stopped.Status);
        Assert.Contains(file, stopped.Output, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(file));
        File.Delete(file);
    }
}
