namespace Gantry.Sidecar.Tests.Settings;

public sealed class SettingsProblemTests
{
    [Theory]
    [InlineData("Dicom:AeTitle", "SEVENTEEN_LETTERS", "1 to 16 printable ASCII characters")]
    [InlineData("Dicom:AeTitle", "A\\B", "no backslash")]
    [InlineData("Dicom:Ports", "x", "a whole number is wanted")]
    [InlineData("Dicom:Ports", "5243,5243", "port 5243 stands here more than once")]
    [InlineData("Dicom:MaximumPduLength", "100", "a value from 4096 to 16777216 is wanted")]
    [InlineData("Dicom:ArtimTimeout", "soon", "a duration is wanted")]
    [InlineData("Dicom:ArtimTimeout", "00:00:00", "a value from 00:00:01 to 00:10:00 is wanted")]
    [InlineData("Dicom:CheckCalledAeTitle", "maybe", "true or false is wanted")]
    [InlineData("Dicom:CheckCallingAeTitle", "true", "no modality is known")]
    [InlineData("Dicom:BindAddresses", "everywhere", "an IP address is wanted")]
    [InlineData("Dicom:Tls:Enabled", "true", "the PEM file of our certificate is needed")]
    [InlineData("Dicom:Tls:Certificate", "/no/such.crt", "there is no such file")]
    [InlineData("EmrSync:Schedule", "every now and then", "seconds first")]
    [InlineData("EmrSync:Schedule", "00:00:01", "a duration from 00:00:05")]
    [InlineData("EmrSync:Schedule", "*/5 * * * *", "seconds first")]
    [InlineData("EmrSync:StatusUpdate", "UPDATE PcsInf SET PcsStatus = @status", "must say which order is meant, by @order_key or @accession_number")]
    [InlineData("EmrSync:StatusUpdate", "UPDATE t SET s = @status WHERE k = @order_key", "the EMR's words are needed")]
    [InlineData("EmrWriteBack:BatchRows", "0", "a value from 1 to 1000 is wanted")]
    [InlineData("EmrSync:QueryBudget", "00:01:00", "a value from")]
    [InlineData("Web:Port", "-1", "a port number from 1 to 65535 is wanted")]
    [InlineData("Web:HealthTimeout", "1.00:00:00", "a value from")]
    [InlineData("Site:TimeZone", "Mars/Olympus", "a time zone name is wanted")]
    [InlineData("Orthanc:Url", "localhost:8042", "starts with http:// or https://")]
    [InlineData("ModalityAeTitles:US", "TOO_LONG_A_TITLE_1", "an AE title is wanted")]
    [InlineData("Peers:0:CharacterSets", "ISO_IR 999", "defined terms")]
    [InlineData("Peers:0:ListedStatuses", "DONE", "one of SCHEDULED, IN_PROGRESS, COMPLETED, DISCONTINUED is wanted")]
    [InlineData("Peers:0:MppsProfile", "Harsh", "one of Lenient, Strict is wanted")]
    [InlineData("Peers:0:MaximumAnswers", "0", "a value from 1 to 10000000 is wanted")]
    [InlineData("Peers:0:Addresses", "192.168.1.0/33", "an IP address or a network is wanted")]
    public void A_value_that_cannot_work_is_told_with_its_key_and_what_is_allowed(string key, string value, string allowed)
    {
        using var folder = new SettingsFolder();
        var problems = folder.Problems($"--{key}", value);
        Assert.Contains(problems, problem => problem.StartsWith(key[..key.LastIndexOf(':')], StringComparison.Ordinal)
            && problem.Contains(allowed, StringComparison.Ordinal));
    }

    [Fact]
    public void A_discontinued_exam_cannot_be_given_the_word_for_one_that_is_done()
    {
        using var folder = new SettingsFolder();
        folder.WithVariable("EmrSync__Statuses__COMPLETED", "CO").WithVariable("EmrSync__Statuses__DISCONTINUED", "co");
        Assert.Contains("a discontinued exam must not be told as done", Assert.Single(folder.Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_problem_is_told_at_once()
    {
        using var folder = new SettingsFolder();
        var problems = folder.WithVariable("Web__Port", "99999").WithVariable("Dicom__AeTitle", "A\\B").WithVariable("Site__TimeZone", "X/Y").Problems();
        Assert.Equal(3, problems.Count);
        Assert.Contains("Web:Port is '99999' (environment variable Web__Port)", string.Join('\n', problems), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_read_is_told_once_and_not_for_what_is_left_of_it()
    {
        using var folder = new SettingsFolder();
        Assert.Contains("'abc'", Assert.Single(folder.WithVariable("Dicom__Ports__0", "abc").Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_is_never_shown()
    {
        using var folder = new SettingsFolder();
        folder.WithVariable("ORTHANC_PASSWORD", "hunter2").WithVariable("Web__Port", "x");
        Assert.DoesNotContain("hunter2", string.Join('\n', folder.Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_of_an_env_file_is_named_by_its_number()
    {
        using var folder = new SettingsFolder();
        folder.With(".env", "# comment\nWeb__Port=80x\n");
        Assert.Equal(
            $"Web:Port is '80x' (Web__Port in {folder.Path}/.env line 2): a whole number is wanted.", Assert.Single(folder.Problems()));
    }

    [Fact]
    public void A_value_in_appsettings_is_named_by_its_file()
    {
        using var folder = new SettingsFolder();
        folder.With("appsettings.json", """{ "Web": { "Port": "eighty" } }""");
        Assert.Contains($"({folder.Path}/appsettings.json)", Assert.Single(folder.Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void An_appsettings_that_is_no_json_is_one_sentence()
    {
        using var folder = new SettingsFolder();
        Assert.Contains("appsettings.json", Assert.Single(folder.With("appsettings.json", "{ oops").Problems()), StringComparison.Ordinal);
    }
}
