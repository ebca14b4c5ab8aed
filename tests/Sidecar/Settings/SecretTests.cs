using Gantry.Sidecar.Accounts;
using Gantry.Sidecar.Hosting;

namespace Gantry.Sidecar.Tests.Settings;

/// <summary>Secrets come as values or in files, and those that everybody knows are for demos.</summary>
public sealed class SecretTests
{
    [Theory]
    [InlineData("ORTHANC_PASSWORD")]
    [InlineData("AZURE_RELAY_SHARED_ACCESS_KEY")]
    [InlineData("EMR_PASSWORD")]
    [InlineData("EMR_DSN")]
    [InlineData("Worklist__Postgres")]
    [InlineData("Accounts__Users__0__PasswordHash")]
    public void Every_secret_may_stand_in_a_file(string name)
    {
        using var folder = new SettingsFolder();
        var value = name.EndsWith("Hash", StringComparison.Ordinal) ? Passwords.Hash("correct horse") : "Password=word #1; and more";
        folder.With("secret", $"{value}\n").WithVariable($"{name}_FILE", Path.Combine(folder.Path, "secret"))
            .WithVariable("EmrSync__Orders", "SELECT 1").WithVariable("Accounts__Users__0__Name", name.StartsWith("Accounts", StringComparison.Ordinal) ? "somebody" : "");

        var settings = folder.Read();

        Assert.Contains(value, (string?[])[
            settings.Orthanc.Password, settings.Relay.SharedAccessKey, settings.EmrSync.Password, settings.EmrSync.Dsn, settings.Worklist.Postgres,
            settings.Accounts.Users.SingleOrDefault()?.PasswordHash]);
    }

    [Fact]
    public void A_secret_that_is_set_twice_is_an_error_that_names_both()
    {
        using var folder = new SettingsFolder();
        folder.With("secret", "one").WithVariable("ORTHANC_PASSWORD_FILE", Path.Combine(folder.Path, "secret")).WithVariable("ORTHANC_PASSWORD", "other");

        var problem = Assert.Single(folder.Problems());

        Assert.Contains("variable ORTHANC_PASSWORD and environment variable ORTHANC_PASSWORD_FILE", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("other", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_a_later_layer_wins_over_a_value_of_an_earlier_one()
    {
        using var folder = new SettingsFolder();
        folder.With(".env", "ORTHANC_PASSWORD=early").With("secret", "late").WithVariable("ORTHANC_PASSWORD_FILE", Path.Combine(folder.Path, "secret"));

        Assert.Equal("late", folder.Read().Orthanc.Password);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData(null, "there is none")]
    public void A_file_without_a_secret_is_told_with_variable_and_path(string? content, string words)
    {
        using var folder = new SettingsFolder();
        var path = Path.Combine(folder.Path, "secret");
        if (content is not null)
            folder.With("secret", content);

        var problem = Assert.Single(folder.WithVariable("EMR_PASSWORD_FILE", path).Problems());

        Assert.All(["EMR_PASSWORD_FILE", path, words], part => Assert.Contains(part, problem, StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_and_a_device_without_end_are_no_secrets()
    {
        using var folder = new SettingsFolder();
        Assert.Contains("cannot be read", Assert.Single(folder.WithVariable("EMR_PASSWORD_FILE", folder.Path).Problems()), StringComparison.Ordinal);
        Assert.Contains("64 KiB", Assert.Single(folder.WithVariable("EMR_PASSWORD_FILE", "/dev/zero").Problems()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ORTHANC_PASSWORD", "orthanc")]
    [InlineData("ORTHANC_PASSWORD", "Somebody")] // the name of the user
    [InlineData("AZURE_RELAY_SHARED_ACCESS_KEY", "changeme")]
    [InlineData("AZURE_RELAY_SHARED_ACCESS_KEY", "gantry-demo-key")]
    [InlineData("Worklist__Postgres", "Host=db;Username=gantry;Password=gantry")]
    [InlineData("Worklist__Postgres", "Host=db;User ID=x;Pwd=x")]
    [InlineData("EMR_PASSWORD", "Gantry-Demo-2026!")]
    [InlineData("EMR_DSN", "Driver={FreeTDS};UID=sa;PWD=gantry-demo-2026")]
    public void A_secret_that_everybody_knows_is_told_with_the_variable_to_set(string name, string value)
    {
        using var folder = new SettingsFolder();
        folder.WithVariable("ORTHANC_USERNAME", "somebody").WithVariable("EmrSync__Orders", "SELECT 1").WithVariable(name, value);

        var problem = Assert.Single(folder.KnownPasswords()).ToString();

        Assert.Contains($"set {name} (or {name}_FILE)", problem, StringComparison.Ordinal);
        Assert.Contains($"(environment variable {name})", problem, StringComparison.Ordinal);
        Assert.Empty(folder.WithVariable("Demo__Enabled", "true").KnownPasswords());
    }

    [Fact]
    public void The_demos_password_makes_no_account()
    {
        using var folder = new SettingsFolder();
        folder.WithVariable("Accounts__Enabled", "true").WithVariable("Accounts__Users__0__Name", "admin")
            .WithVariable("Accounts__Users__0__PasswordHash", Passwords.Hash("gantry-demo-2026"));

        Assert.StartsWith("Accounts:Users:0:PasswordHash", Assert.Single(folder.KnownPasswords()).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ORTHANC_PASSWORD", "x8-Zqk2-ward")]
    [InlineData("Worklist__Postgres", "Host=db;Username=gantry")] // by certificate or socket
    [InlineData("EMR_PASSWORD", "secret")] // the hospital gave it
    public void Other_secrets_are_taken(string name, string value)
    {
        using var folder = new SettingsFolder();
        Assert.Empty(folder.WithVariable(name, value).WithVariable("EmrSync__Orders", "SELECT 1").KnownPasswords());
    }

    [Fact]
    public async Task The_gateway_does_not_start_with_one() =>
        Assert.Equal(78, await SidecarHost.RunAsync(["--Orthanc:Username", "orthanc", "--Orthanc:Password", "orthanc", "--Worklist:DatabasePath", "/no/such/folder/w.db"]));
}
