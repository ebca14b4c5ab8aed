using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantry.Worklist.Tests.Engines;

/// <summary>A place where a store can be: a file, or a schema on the shared server. Each test has its own.</summary>
public abstract class StorePlace : IAsyncDisposable
{
    public ManualTime Time { get; } = new();

    public abstract WorklistStoreOptions Options { get; }

    public Task<IWorklistStore> OpenAsync() => WorklistStores.OpenAsync(Options, NullLoggerFactory.Instance, Time, default);

    /// <summary>Runs SQL with the engine's own command line program, as a user or a script would.</summary>
    public abstract Task<string> ByAnotherProgramAsync(string sql);

    public abstract ValueTask DisposeAsync();
}

public sealed class SqlitePlace : StorePlace, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gantry-worklist-").FullName;

    public string File => Path.Combine(_folder, "worklist.db");

    public override WorklistStoreOptions Options => new() { SqlitePath = File };

    public override Task<string> ByAnotherProgramAsync(string sql) => RunSqlite3Async(File, sql);

    public static async Task<string> RunSqlite3Async(string file, string sql)
    {
        var start = new ProcessStartInfo("sqlite3", ["-bail", "-cmd", ".timeout 5000", file])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(sql);
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException(await errors);
        return output.TrimEnd('\n');
    }

    public override ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

public sealed class PostgresPlace(PrivatePostgres server) : StorePlace
{
    private static int _made;

    private readonly string _schema = "test_" + Interlocked.Increment(ref _made).ToString(CultureInfo.InvariantCulture);
    private bool _exists;

    public override WorklistStoreOptions Options => new() { Postgres = $"{server.ConnectionString};Search Path={_schema};Pooling=true" };

    public async Task<PostgresPlace> MakeAsync()
    {
        if (!_exists) await server.PsqlAsync("public", $"CREATE SCHEMA {_schema}");
        _exists = true;
        return this;
    }

    public override async Task<string> ByAnotherProgramAsync(string sql) => (await server.PsqlAsync(_schema, sql)).TrimEnd('\n');

    public override ValueTask DisposeAsync() => default;
}

/// <summary>The shared server of a test run.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private PrivatePostgres? _server;

    public PrivatePostgres Server => _server!;

    public async Task InitializeAsync() => _server = await PrivatePostgres.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class PostgresRuns : ICollectionFixture<PostgresFixture>
{
    public const string Name = "PostgreSQL";
}

/// <summary>Time that stands still until it is moved on; delays and timers are real.</summary>
public sealed class ManualTime : TimeProvider
{
    private DateTimeOffset _now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
