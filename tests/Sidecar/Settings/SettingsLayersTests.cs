namespace Gantry.Sidecar.Tests.Settings;

public sealed class SettingsLayersTests
{
    [Fact]
    public void Without_any_file_the_defaults_of_the_contract_hold()
    {
        using var folder = new SettingsFolder();
        var settings = folder.Read();
        Assert.Equal("WORKLISTS", settings.Dicom.AeTitle);
        Assert.Equal([5243, 4243], settings.Dicom.Ports);
        Assert.Equal(8043, settings.Web.Port);
        Assert.Equal(4242, settings.Orthanc.DicomPort);
        Assert.False(settings.Demo.Enabled);
        Assert.False(settings.Dicom.CheckCallingAeTitle || settings.Dicom.CheckCalledAeTitle || settings.Dicom.CheckModalityHost);
        Assert.Empty(settings.Peers);
    }

    [Fact]
    public void Each_layer_wins_over_the_one_before()
    {
        using var folder = new SettingsFolder();
        folder.With("orthanc.json", """{ "MPPSAet": "FROM_JSON" }""");
        Assert.Equal("FROM_JSON", folder.Read().Dicom.AeTitle);
        folder.With("appsettings.json", """{ "Dicom": { "AeTitle": "FROM_APP" } }""");
        Assert.Equal("FROM_APP", folder.Read().Dicom.AeTitle);
        folder.With(".env", "Dicom__AeTitle=FROM_ENVFILE");
        Assert.Equal("FROM_ENVFILE", folder.Read().Dicom.AeTitle);
        folder.WithVariable("Dicom__AeTitle", "FROM_ENV");
        Assert.Equal("FROM_ENV", folder.Read().Dicom.AeTitle);
        Assert.Equal("FROM_ARG", folder.Read("--Dicom:AeTitle", "FROM_ARG").Dicom.AeTitle);
    }

    [Fact]
    public void A_list_of_a_later_layer_replaces_the_earlier_list_as_a_whole()
    {
        using var folder = new SettingsFolder();
        folder.With("orthanc.json", """{ "DicomPortMPPS": [5243, 4243, 7243] }""");
        folder.With("appsettings.json", """{ "Dicom": { "Ports": [6000] } }""");
        Assert.Equal([6000], folder.Read().Dicom.Ports);
        folder.WithVariable("Dicom__Ports__0", "7000");
        Assert.Equal([7000], folder.Read().Dicom.Ports);
    }

    [Fact]
    public void A_list_may_stand_in_one_variable()
    {
        using var folder = new SettingsFolder();
        folder.WithVariable("Dicom__Ports", "7001, 7002");
        Assert.Equal([7001, 7002], folder.Read().Dicom.Ports);
    }

    [Fact]
    public void The_fixed_names_reach_their_settings()
    {
        using var folder = new SettingsFolder();
        folder.WithVariable("WORKLIST_DB_PATH", "/data/w.db").WithVariable("ORTHANC_URL", "http://pacs:8042")
            .WithVariable("ORTHANC_USERNAME", "u").WithVariable("ORTHANC_PASSWORD", "p").WithVariable("MODALITY_AET_US", "XC70");
        var settings = folder.Read();
        Assert.Equal("/data/w.db", settings.Worklist.DatabasePath);
        Assert.Equal("http://pacs:8042", settings.Orthanc.Url);
        Assert.Equal("u", settings.Orthanc.Username);
        Assert.Equal("p", settings.Orthanc.Password);
        Assert.Equal("XC70", settings.StationAetFor("US"));
        Assert.Null(settings.StationAetFor("MG"));
    }

    [Fact]
    public void A_secret_may_come_from_a_file()
    {
        using var folder = new SettingsFolder();
        folder.With("secret", "word#1\n").WithVariable("ORTHANC_PASSWORD_FILE", System.IO.Path.Combine(folder.Path, "secret"));
        Assert.Equal("word#1", folder.Read().Orthanc.Password);
    }

    [Fact]
    public void A_secret_file_that_is_missing_is_named()
    {
        using var folder = new SettingsFolder();
        folder.WithVariable("ORTHANC_PASSWORD_FILE", "/no/such/file");
        var problem = Assert.Single(folder.Problems());
        Assert.Contains("ORTHANC_PASSWORD_FILE", problem, StringComparison.Ordinal);
        Assert.Contains("/no/such/file", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_variable_counts_as_not_set()
    {
        using var folder = new SettingsFolder();
        folder.WithVariable("Dicom__AeTitle", "").WithVariable("ORTHANC_PASSWORD_FILE", "").WithVariable("Web__Port", "");
        Assert.Equal(("WORKLISTS", 8043), (folder.Read().Dicom.AeTitle, folder.Read().Web.Port));
    }

    [Fact]
    public void Variables_of_other_programs_do_not_matter()
    {
        using var folder = new SettingsFolder();
        folder.WithVariable("DICOM", "x").WithVariable("WEB_PORT", "x").WithVariable("PEERS", "x").WithVariable("A__B", "x");
        Assert.Equal(8043, folder.Read().Web.Port);
    }

    [Fact]
    public void Files_that_variables_of_other_programs_name_are_not_read()
    {
        using var folder = new SettingsFolder();
        folder.WithVariable("OTHER__THING_FILE", "/no/such/file").WithVariable("X__Y__PASSWORD_FILE", "/no/such/file");
        Assert.Equal(8043, folder.Read().Web.Port);
        Assert.Empty(folder.Unknown());
    }

    [Theory]
    [InlineData("Dicom__Prots", "Dicom:Prots -> Dicom:Ports")]
    [InlineData("Dicom__LogLinePerPeer", "Dicom:LogLinePerPeer -> Dicom:LogLinesPerPeer")]
    [InlineData("Dicom__Tls__Certficate", "Dicom:Tls:Certficate -> Dicom:Tls:Certificate")]
    [InlineData("Peers__0__CharacterSet", "Peers:0:CharacterSet -> Peers:0:CharacterSets")]
    [InlineData("Web__Something", "Web:Something -> ")]
    [InlineData("Web__Port__0", "Web:Port:0 -> ")]
    [InlineData("Dcom__AeTitle", "Dcom:AeTitle -> Dicom:AeTitle")]
    public void A_misspelt_key_is_told_with_the_one_that_looks_most_like_it(string name, string told)
    {
        using var folder = new SettingsFolder();
        Assert.Equal([told], folder.WithVariable(name, "1").Unknown());
    }

    [Fact]
    public void Known_keys_of_every_layer_are_not_told()
    {
        using var folder = new SettingsFolder();
        folder.With("orthanc.json", """{ "MPPSAet": "X", "DicomPortMPPS": [5243], "DicomModalities": { "CT1": ["CT1", "h", 104] } }""");
        folder.With("appsettings.json", """{ "Dicom": { "Ports": [6000], "Modalities": [{ "Name": "A" }] }, "Logging": { "LogLevel": { "Default": "Debug" } } }""");
        folder.WithVariable("MODALITY_AET_US", "XC70").WithVariable("dicom__ports", "1,2").WithVariable("Peers__0__AeTitle", "CT1").WithVariable("Path", "/bin");
        Assert.Empty(folder.Unknown("--Web:Port", "1"));
    }

    [Fact]
    public void An_orthanc_json_that_is_named_must_be_there()
    {
        using var folder = new SettingsFolder();
        folder.WithVariable("ORTHANC_JSON", "elsewhere.json");
        Assert.Equal("ORTHANC_JSON is 'elsewhere.json': there is no such file.", Assert.Single(folder.Problems()));
    }

    [Fact]
    public void The_env_file_of_the_documentation_is_as_good_as_no_env_file()
    {
        // Every line that sets something is taken out of its comment: all names are known, and each value is the default
        using var folder = new SettingsFolder();
        var lines = File.ReadAllLines(ExamplePath()).Where(line => line.StartsWith('#') && line.Contains('=', StringComparison.Ordinal)
            && char.IsLetter(line[1]) && !line.StartsWith("#ORTHANC_JSON", StringComparison.Ordinal)
            && !line.StartsWith("#Worklist__Postgres", StringComparison.Ordinal)).Select(line => line[1..]).ToArray();
        Assert.True(lines.Length > 30);
        var settings = folder.With(".env", string.Join('\n', lines)).Read();
        Assert.Equal([5243, 4243], settings.Dicom.Ports);
        Assert.Empty(settings.Dicom.BindAddresses);
        Assert.Equal(TimeSpan.FromSeconds(30), settings.Dicom.ArtimTimeout);
        Assert.Null(settings.Peers[0].MaximumAnswers);
        Assert.Empty(folder.Unknown());
        Assert.Equal("OLD_CT", settings.Peers[1].AeTitle);
    }

    private static string ExamplePath()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "Solution.sln")))
            folder = folder.Parent!;
        return System.IO.Path.Combine(folder.FullName, ".env.example");
    }
}
