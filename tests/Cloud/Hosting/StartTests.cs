using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gantry.Cloud.Accounts;
using Gantry.Cloud.Appointments;
using Gantry.Cloud.Tests.System;
using Gantry.Worklist.Tests.Engines;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Gantry.Cloud.Tests.Hosting;

/// <summary>How the cloud starts, and in which words it does not.</summary>
[Collection(nameof(SharedCloud))]
public sealed class StartTests(SharedCloud.Fixture shared)
{
    [Fact]
    public async Task A_database_of_a_newer_program_is_refused_and_left_as_it_is()
    {
        var database = await shared.Cluster.NewDatabaseAsync();
        await using (await CloudSystem.StartAsync(database))
        {
            // Makes the schema
        }
        await using var source = NpgsqlDataSource.Create(database);
        await using (var newer = source.CreateCommand("INSERT INTO schema_version (version) VALUES (99)"))
            await newer.ExecuteNonQueryAsync();

        var error = await Assert.ThrowsAsync<SettingsException>(() => CloudSystem.StartAsync(database));

        Assert.Contains("a newer Gantry has worked on it", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Instances_that_start_at_the_same_moment_make_one_schema_and_one_clinic()
    {
        var database = await shared.Cluster.NewDatabaseAsync();

        var clouds = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => CloudSystem.StartAsync(database)));

        Assert.Equal((1, 12), await clouds[0].DatabaseAsync(async each => (await each.Clinics.CountAsync(), await each.Appointments.CountAsync())));
        Assert.All(await clouds[0].DatabaseAsync(each => each.Participants.Select(one => one.NhsNumber).ToListAsync()),
            number => Assert.True(Clinics.NhsNumber.IsValid(number) && number.StartsWith("999", StringComparison.Ordinal)));
        foreach (var cloud in clouds)
            await cloud.DisposeAsync();
    }

    [Fact]
    public async Task Without_demo_mode_the_first_administrator_comes_from_the_settings_and_demo_users_are_gone()
    {
        var database = await shared.Cluster.NewDatabaseAsync();
        await using (await CloudSystem.StartAsync(database))
        {
            // Makes the demo users
        }
        var error = await Assert.ThrowsAsync<SettingsException>(() => CloudSystem.StartAsync(database, demo: false));
        Assert.Contains("CLOUD_ADMIN_EMAIL", error.Message, StringComparison.Ordinal);

        await using var cloud = await CloudSystem.StartAsync(database, false, "--CLOUD_ADMIN_EMAIL=chief@hospital.test", "--CLOUD_ADMIN_PASSWORD=a good long password");

        Assert.Equal(["chief@hospital.test"], await cloud.DatabaseAsync(each => each.Users.Select(user => user.Email!).ToArrayAsync()));
    }

    [Fact]
    public async Task Outside_demo_mode_a_browser_that_comes_by_http_is_told_how_https_is_set()
    {
        await using var cloud = await CloudSystem.StartAsync(
            await shared.Cluster.NewDatabaseAsync(), false, "--CLOUD_ADMIN_EMAIL=a@b.test", "--CLOUD_ADMIN_PASSWORD=a good long password", "--CLOUD_TRUSTED_PROXIES=127.0.0.1");
        using var browser = new HttpClient { BaseAddress = new(cloud.Address) };

        using var plain = await browser.GetAsync("/sign-in");
        using var health = await browser.GetAsync("/health");
        using var behindProxy = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        behindProxy.Headers.Add("X-Forwarded-Proto", "https");
        using var secure = await browser.SendAsync(behindProxy);

        Assert.Equal(HttpStatusCode.Forbidden, plain.StatusCode);
        Assert.Contains("CLOUD_TLS_CERTIFICATE", await plain.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (health.StatusCode, secure.StatusCode));
    }

    [Fact]
    public async Task Wrong_settings_are_all_told_at_once_by_name()
    {
        var error = await Assert.ThrowsAsync<SettingsException>(() => CloudSystem.StartAsync(
            "nonsense", true, "--AZURE_RELAY_SHARED_ACCESS_KEY=", "--VIEWER_URL=javascript:1", "--AZURE_RELAY_NAMESPACE=ftp://x", "--CLOUD_ADMIN_EMAIL=a@b.test"));

        Assert.All(["ConnectionStrings__Cloud", "AZURE_RELAY_SHARED_ACCESS_KEY", "VIEWER_URL", "AZURE_RELAY_NAMESPACE", "CLOUD_ADMIN_PASSWORD"],
            name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("nonsense", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outside_demo_mode_no_secret_is_taken_that_everybody_knows()
    {
        var error = await Assert.ThrowsAsync<SettingsException>(() => CloudSystem.StartAsync("Host=127.0.0.1;Port=1;Username=gantry;Password=gantry", false,
            "--AZURE_RELAY_SHARED_ACCESS_KEY=gantry-demo-key", "--CLOUD_ADMIN_EMAIL=a@b.test", $"--CLOUD_ADMIN_PASSWORD={FirstUsers.DemoPassword}"));

        Assert.All(["set ConnectionStrings__Cloud ", "set AZURE_RELAY_SHARED_ACCESS_KEY ", "set CLOUD_ADMIN_PASSWORD "],
            words => Assert.Contains(words, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_secret_comes_as_a_value_or_in_a_file_and_not_as_both()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, " key with blanks \n");
        Dictionary<string, string?> set = new() { ["ConnectionStrings:Cloud"] = "Host=x;Password=y", ["AZURE_RELAY_SHARED_ACCESS_KEY_FILE"] = file };

        Assert.Equal(" key with blanks ", Read().RelayKey);
        set["AZURE_RELAY_SHARED_ACCESS_KEY"] = "another";
        Assert.Contains("AZURE_RELAY_SHARED_ACCESS_KEY and AZURE_RELAY_SHARED_ACCESS_KEY_FILE are both set", Problem(), StringComparison.Ordinal);
        set["AZURE_RELAY_SHARED_ACCESS_KEY"] = null;
        File.Delete(file);
        Assert.Contains($"AZURE_RELAY_SHARED_ACCESS_KEY_FILE names {file}, which cannot be read", Problem(), StringComparison.Ordinal);

        CloudSettings Read() => CloudSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(set).Build());
        string Problem() => Assert.Throws<SettingsException>(Read).Message;
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_told_in_a_sentence()
    {
        var error = await Assert.ThrowsAsync<UnavailableException>(() => CloudSystem.StartAsync(
            "Host=127.0.0.1;Port=1;Database=x;Username=x;Password=hidden", true, "--CLOUD_DATABASE_WAIT=0"));

        Assert.Contains("cannot be reached", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", error.Message, StringComparison.Ordinal);
    }

    /// <summary>After a power cut everything starts at the same moment.</summary>
    [Fact]
    public async Task A_database_that_is_still_starting_is_waited_for()
    {
        await using var server = await PrivatePostgres.StartAsync();
        await server.StopAsync();

        var starting = CloudSystem.StartAsync(server.ConnectionString);
        await server.OpenAsync();

        await using var cloud = await starting;
        Assert.Contains(cloud.Log.Lines, line => line.Contains("The database is away", StringComparison.Ordinal));
    }

    /// <summary>A restart of the database in the middle of our own start: whatever was begun is begun again.</summary>
    [Fact]
    public async Task A_database_that_goes_away_in_the_middle_of_the_start_is_waited_for()
    {
        await using var server = await PrivatePostgres.StartAsync();
        await using var other = NpgsqlDataSource.Create(server.ConnectionString);
        await using (var connection = await other.OpenConnectionAsync())
        {
            // The start waits for whoever migrates
            await using var hold = new NpgsqlCommand($"SELECT pg_advisory_lock({Data.Migrations.Lock})", connection);
            await hold.ExecuteNonQueryAsync();
            var starting = CloudSystem.StartAsync(server.ConnectionString);
            await CloudSystem.EventuallyAsync(async () => await server.PsqlAsync("public", "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted") == "1\n");
            await server.StopAsync();
            await server.OpenAsync();

            await using var cloud = await starting;
            Assert.Equal(12, await cloud.DatabaseAsync(each => each.Appointments.CountAsync()));
        }
    }

    [Fact]
    public async Task Health_is_told_by_traffic_and_metrics_in_numbers()
    {
        using var visitor = shared.Cloud.Visitor();

        Assert.Contains("\"status\":\"ok\"", await visitor.PageAsync("/health"), StringComparison.Ordinal);
        Assert.Contains("gantry_relay_registered 1\n", await visitor.PageAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_name_and_no_NHS_number_is_ever_logged()
    {
        var someone = await shared.Cloud.SomeoneAsync("Wilhelmina", "Quackenbush", AppointmentState.SentToModality);
        var (study, other) = (Messages.Uid(), Messages.Uid());
        await shared.Cloud.TellAsync(Messages.Image(someone.Accession, someone.NhsNumber, study, Messages.Uid(), name: "QUACKENBUSH^WILHELMINA"));
        await shared.Cloud.TellAsync(Messages.Image(someone.Accession, "9990009999", other, Messages.Uid(), name: "QUACKENBUSH^WILHELMINA"));
        await shared.Cloud.TellAsync(Messages.Status(someone, "COMPLETED"));
        using var browser = await shared.Cloud.SignedInAsync(FirstUsers.DemoAdminEmail);
        await browser.PageAsync(someone.Page);

        // The log is heard at all
        Assert.Contains(shared.Cloud.Log.Lines, line => line.Contains($"Study {other} was not attached", StringComparison.Ordinal));
        Assert.DoesNotContain(shared.Cloud.Log.Lines, line =>
            line.Contains("Quackenbush", StringComparison.OrdinalIgnoreCase) || line.Contains(someone.NhsNumber, StringComparison.Ordinal) || line.Contains("9990009999", StringComparison.Ordinal));
    }

    [Fact]
    public async Task By_HTTPS_the_cloud_serves_with_the_certificate_of_its_files_and_reaches_its_own_relay()
    {
        var folder = Directory.CreateTempSubdirectory("gantry-cloud-tls-");
        var (certificate, key) = Certificate(folder);
        await using (var cloud = await CloudSystem.StartAsync(await shared.Cluster.NewDatabaseAsync(), true,
            "--urls=https://127.0.0.1:0", $"--CLOUD_TLS_CERTIFICATE={certificate}", $"--CLOUD_TLS_PRIVATE_KEY={key}"))
        {
            using var handler = new SocketsHttpHandler
            {
                SslOptions = new() { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.Subject == "CN=cloud.hospital.test" },
            };
            using var client = new HttpClient(handler) { BaseAddress = new(cloud.Address) };
            Assert.StartsWith("https://", cloud.Address, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/health", UriKind.Relative))).StatusCode);
        }
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Outside_demo_mode_cookies_travel_by_HTTPS_alone_and_no_script_sees_them()
    {
        var folder = Directory.CreateTempSubdirectory("gantry-cloud-tls-");
        var (certificate, key) = Certificate(folder);
        await using (var cloud = await CloudSystem.StartAsync(await shared.Cluster.NewDatabaseAsync(), false,
            "--urls=https://127.0.0.1:0", $"--CLOUD_TLS_CERTIFICATE={certificate}", $"--CLOUD_TLS_PRIVATE_KEY={key}",
            "--CLOUD_ADMIN_EMAIL=chief@hospital.test", "--CLOUD_ADMIN_PASSWORD=a good long password"))
        {
            var handler = new SocketsHttpHandler { AllowAutoRedirect = false, SslOptions = new() { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.Subject == "CN=cloud.hospital.test" } };
            using var browser = new Browser(cloud.Address, handler);
            using var form = await browser.GetAsync("/sign-in");
            using var answer = await browser.SignInAsync("chief@hospital.test", "a good long password");

            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            foreach (var cookie in form.Headers.GetValues("Set-Cookie").Concat(answer.Headers.GetValues("Set-Cookie")))
                Assert.All(["secure", "httponly", "samesite="], word => Assert.Contains(word, cookie, StringComparison.OrdinalIgnoreCase));
            Assert.Contains("<h1", await browser.PageAsync("/admin"), StringComparison.Ordinal);
        }
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Certificate_files_that_cannot_be_used_are_named_before_anything_starts()
    {
        var folder = Directory.CreateTempSubdirectory("gantry-cloud-tls-");
        var (certificate, key) = Certificate(folder);
        using var another = RSA.Create(2048);
        File.WriteAllText(key, another.ExportPkcs8PrivateKeyPem());

        foreach (var (arguments, names) in new (string[], string)[]
        {
            ([$"--CLOUD_TLS_CERTIFICATE={certificate}"], "CLOUD_TLS_PRIVATE_KEY"),
            (["--urls=https://127.0.0.1:0", "--CLOUD_TLS_CERTIFICATE=/no/such.crt", $"--CLOUD_TLS_PRIVATE_KEY={key}"], "/no/such.crt"),
            (["--urls=https://127.0.0.1:0", $"--CLOUD_TLS_CERTIFICATE={certificate}", $"--CLOUD_TLS_PRIVATE_KEY={key}"], key),
            ([$"--CLOUD_TLS_CERTIFICATE={certificate}", $"--CLOUD_TLS_PRIVATE_KEY={key}"], "write https:// there"),
            (["--CLOUD_TRUSTED_PROXIES=everybody"], "CLOUD_TRUSTED_PROXIES"),
        })
        {
            var error = await Assert.ThrowsAsync<SettingsException>(() => CloudSystem.StartAsync("Host=127.0.0.1;Port=1", true, arguments));
            Assert.Contains(names, error.Message, StringComparison.Ordinal);
        }
        folder.Delete(recursive: true);
    }

    private static (string Certificate, string Key) Certificate(DirectoryInfo folder)
    {
        var (certificateFile, keyFile) = (Path.Combine(folder.FullName, "cloud.crt"), Path.Combine(folder.FullName, "cloud.key"));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=cloud.hospital.test", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return (certificateFile, keyFile);
    }
}
