using System.Net;
using Gantry.Worklist;
using Gantry.Worklist.Tests.Engines;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantry.Bench.Cloud.Story;

/// <summary>What every scenario with the real cloud begins with: a PostgreSQL for the whole run, in it a database and a cloud of its own.</summary>
internal sealed class CloudScene : IAsyncDisposable
{
    private CloudScene(string folder, string database, CloudApp cloud) => (Folder, Data, Cloud) = (folder, new(database), cloud);

    public string Folder { get; }

    public CloudData Data { get; }

    public CloudApp Cloud { get; }

    public CookieContainer Cookies { get; private set; } = new();

    /// <param name="work">Where its folder goes.</param>
    /// <param name="name">The scenario's.</param>
    /// <param name="server">The PostgreSQL.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static async Task<CloudScene> StartAsync(string work, string name, PrivatePostgres server, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(work, name);
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        var database = $"{name.Replace('-', '_')}_{Environment.ProcessId}";
        await server.PsqlAsync("public", $"CREATE DATABASE {database}");
        var connection = server.ConnectionString.Replace("Database=postgres", $"Database={database}", StringComparison.Ordinal) + ";Maximum Pool Size=50";
        var scene = new CloudScene(folder, connection, new(Path.Combine(folder, "cloud"), connection));
        await scene.Cloud.StartAsync(cancellationToken);
        scene.Cookies = await scene.Cloud.SignInAsync(cancellationToken);
        return scene;
    }

    /// <summary>A worklist for a gateway, with the orders and the messages that wait.</summary>
    public async Task<string> WorklistAsync(IEnumerable<BenchExam> exams, IEnumerable<NewOutboxEntry> waiting, CancellationToken cancellationToken)
    {
        var database = Path.Combine(Folder, "worklist.db");
        await using var store = await WorklistStores.OpenAsync(new() { SqlitePath = database }, NullLoggerFactory.Instance, TimeProvider.System, cancellationToken);
        foreach (var some in exams.Chunk(1000)) await store.AddAsync([.. some.Select(exam => exam.Order)], cancellationToken);
        foreach (var some in waiting.Chunk(1000)) await store.EnqueueAsync(some, null, cancellationToken);
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        await Cloud.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
