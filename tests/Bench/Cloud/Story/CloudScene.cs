using System.Globalization;
using System.Net;
using Gantry.Worklist;
using Gantry.Worklist.Tests.Engines;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantry.Bench.Cloud.Story;

/// <summary>What every scenario with the real cloud begins with: a PostgreSQL for the whole run, in it a database and a cloud of its own.</summary>
internal sealed class CloudScene : IAsyncDisposable
{
    private readonly string _database;

    private CloudScene(string folder, string database, string connection, CloudApp cloud) =>
        (Folder, _database, Data, Cloud) = (folder, database, new(connection), cloud);

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
        var scene = new CloudScene(folder, database, connection, new(Path.Combine(folder, "cloud"), connection));
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

    /// <summary>Processor time of the database's processes that serve the cloud, in seconds.</summary>
    public double? DatabaseSeconds()
    {
        double ticks = 0;
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            try
            {
                if (!File.ReadAllText(Path.Combine(folder, "cmdline")).Contains(_database, StringComparison.Ordinal)) continue;
                // utime and stime, proc(5); the name before them may hold spaces
                var fields = File.ReadAllText(Path.Combine(folder, "stat")).Split(") ")[^1].Split(' ');
                ticks += double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture);
            }
            catch (IOException)
            {
                // It has ended meanwhile
            }
        }

        return ticks / Load.TicksPerSecond;
    }

    public async ValueTask DisposeAsync()
    {
        await Cloud.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
