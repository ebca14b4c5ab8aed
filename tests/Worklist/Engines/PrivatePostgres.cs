using System.Diagnostics;

namespace Gantry.Worklist.Tests.Engines;

/// <summary>
/// A real PostgreSQL of one's own: Debian's binaries, a new cluster in a temporary folder, reached by a Unix socket there,
/// stopped and removed
/// at the end. Runs as user postgres when the tests run as root. Knows no test framework, so other test projects can link this
/// file.
/// </summary>
public sealed class PrivatePostgres : IAsyncDisposable
{
    private readonly string _folder;
    private readonly string _bin;

    private PrivatePostgres(string folder, string bin) => (_folder, _bin) = (folder, bin);

    /// <summary>Connection string of the database <c>postgres</c>, superuser, no password.</summary>
    public string ConnectionString => $"Host={_folder};Username=postgres;Database=postgres;Include Error Detail=true";

    public static async Task<PrivatePostgres> StartAsync()
    {
        string bin = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(static folder => folder + "/bin")
                .LastOrDefault(static folder => File.Exists(folder + "/initdb")) ?? ""
            : "";
        if (bin.Length == 0)
            throw new InvalidOperationException("PostgreSQL's server was not found under /usr/lib/postgresql. Run: apt-get install postgresql.");

        // A socket's path may have 107 characters only, so the folder's name is short.
        string folder = Directory.CreateTempSubdirectory("gpg").FullName;
        var server = new PrivatePostgres(folder, bin);
        if (Environment.IsPrivilegedProcess) await RunAsync("chown", "", "postgres", folder);
        await server.AsOwnerAsync("initdb", "-D", folder + "/data", "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8");
        await server.OpenAsync();
        return server;
    }

    /// <summary>Stops it at once, as a power cut would; what was committed is kept.</summary>
    public Task StopAsync() => AsOwnerAsync("pg_ctl", "-D", _folder + "/data", "-m", "immediate", "-w", "stop");

    /// <summary>Starts it, again after <see cref="StopAsync"/>.</summary>
    public Task OpenAsync() => AsOwnerAsync("pg_ctl", "-D", _folder + "/data", "-w", "-t", "60", "-l", _folder + "/log", "-o",
        $"-c listen_addresses='' -c unix_socket_directories='{_folder}' -c max_connections=200 -c shared_buffers=32MB", "start");

    /// <summary>Runs SQL with psql, as another program would; gives its output back.</summary>
    public Task<string> PsqlAsync(string schema, string sql) => RunAsync("env", sql, $"PGOPTIONS=-c search_path={schema}",
        _bin + "/psql", "-h", _folder, "-U", "postgres", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-f", "-");

    public async ValueTask DisposeAsync()
    {
        // A test that failed between a stop and a start must tell of that, and not of this
        if (File.Exists(_folder + "/data/postmaster.pid")) await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private Task<string> AsOwnerAsync(string program, params string[] arguments) => Environment.IsPrivilegedProcess
        ? RunAsync("runuser", "", ["-u", "postgres", "--", _bin + "/" + program, .. arguments])
        : RunAsync(_bin + "/" + program, "", arguments);

    private static async Task<string> RunAsync(string program, string input, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        using Process process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        // pg_ctl's server inherits the pipes, so their end is not waited for before the program's own end.
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {await errors}");
        return arguments.Contains("start") ? "" : await output;
    }
}
