using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Gantry.Cloud.Data;
using Gantry.Cloud.Hosting;
using Gantry.Cloud.Tests.System;
using Npgsql;

namespace Gantry.Cloud.Tests.Hosting;

/// <summary>What is wrong around the real program when it starts: a sentence, an exit status, and never a stack trace.</summary>
[Collection(nameof(SharedCloud))]
public sealed class BadStartTests(SharedCloud.Fixture shared)
{
    private const string Key = "a-key-of-our-own";

    [Fact]
    public async Task Missing_variables_are_all_named()
    {
        var (status, output) = await RunAsync();

        Assert.Equal(78, status);
        Assert.Contains("ConnectionStrings__Cloud", output, StringComparison.Ordinal);
        Assert.Contains("AZURE_RELAY_SHARED_ACCESS_KEY (or AZURE_RELAY_SHARED_ACCESS_KEY_FILE) is not set", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_stays_away_is_named_without_its_password()
    {
        var (status, output) = await RunAsync(("ConnectionStrings__Cloud", $"Host=127.0.0.1;Port=1;Database=x;Username=x;Password={Key}"),
            ("AZURE_RELAY_SHARED_ACCESS_KEY", Key), ("CLOUD_DATABASE_WAIT", "1"));

        // Not the status of wrong settings: a later start may find it
        Assert.Equal(69, status);
        Assert.Contains("Waiting for it, 1 s at most", output, StringComparison.Ordinal);
        Assert.Contains("The database cannot be reached", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_refused()
    {
        var database = await shared.Cluster.NewDatabaseAsync();
        await using (var source = NpgsqlDataSource.Create(database))
        await using (var newer = source.CreateCommand("CREATE TABLE schema_version (version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now()); INSERT INTO schema_version (version) VALUES (99)"))
            await newer.ExecuteNonQueryAsync();

        var (status, output) = await RunAsync(("ConnectionStrings__Cloud", database), ("AZURE_RELAY_SHARED_ACCESS_KEY", Key));

        Assert.Equal(78, status);
        Assert.Contains("a newer Gantry has worked on it", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_another_program_is_refused_and_left_as_it_is()
    {
        var database = await shared.Cluster.NewDatabaseAsync();
        await using var source = NpgsqlDataSource.Create(database);
        // The last table that our schema makes: what was made before it must be gone again
        await using (var other = source.CreateCommand("CREATE TABLE protection_keys (x integer)"))
            await other.ExecuteNonQueryAsync();

        var (status, output) = await RunAsync(("ConnectionStrings__Cloud", database), ("AZURE_RELAY_SHARED_ACCESS_KEY", Key));

        Assert.Equal(78, status);
        Assert.Contains("Nothing was changed. Give the cloud a database of its own", output, StringComparison.Ordinal);
        await using var count = source.CreateCommand("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'");
        Assert.Equal(1L, await count.ExecuteScalarAsync());
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named_with_what_to_set()
    {
        using var squatter = new TcpListener(IPAddress.Loopback, 0);
        squatter.Start();
        var port = ((IPEndPoint)squatter.LocalEndpoint).Port;

        var (status, output) = await RunAsync(("ConnectionStrings__Cloud", await shared.Cluster.NewDatabaseAsync()), ("AZURE_RELAY_SHARED_ACCESS_KEY", Key),
            ("Demo__Enabled", "true"), ("ASPNETCORE_URLS", $"http://127.0.0.1:{port}"));

        Assert.Equal(69, status);
        Assert.Contains($"{port}", output, StringComparison.Ordinal);
        Assert.Contains("ASPNETCORE_URLS=", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_not_this_machines_is_told()
    {
        var (status, output) = await RunAsync(("ConnectionStrings__Cloud", await shared.Cluster.NewDatabaseAsync()), ("AZURE_RELAY_SHARED_ACCESS_KEY", Key),
            ("Demo__Enabled", "true"), ("ASPNETCORE_URLS", "http://192.0.2.1:8000"));

        Assert.Equal(69, status);
        Assert.Contains("ASPNETCORE_URLS takes addresses of this machine", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_is_too_old_is_refused_with_its_version()
    {
        Assert.Contains("PostgreSQL 14 or newer is needed", Assert.Throws<SettingsException>(() => Migrations.Require(new(13, 4))).Message, StringComparison.Ordinal);
        Migrations.Require(new(14, 0));
    }

    private static async Task<(int Status, string Output)> RunAsync(params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CloudHost).Assembly.Location]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await process.WaitForExitAsync(patience.Token);
        var said = await output + await errors;
        Assert.False(said.Contains("   at ", StringComparison.Ordinal), said);
        Assert.DoesNotContain(Key, said, StringComparison.Ordinal);
        return (process.ExitCode, said);
    }
}
