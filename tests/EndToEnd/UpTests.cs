using System.Net;
using System.Net.Sockets;

namespace Gantry.EndToEnd.Tests;

/// <summary>compose/up as somebody meets it who has just got the code.</summary>
public sealed class UpTests
{
    [Fact]
    public async Task Help_tells_every_option_and_exit_status()
    {
        var help = (await GantrySystem.UpAsync("--help")).MustSucceed();

        Assert.All(["--data", "--port-offset", "--postgres", "--orthanc-json", "--without", "--lan", "--reset", "--detach", "--stop", "--status", "--yes", "Exit status"],
            word => Assert.Contains(word, help.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Unknown option: --nonsense", "--nonsense")]
    [InlineData("--port-offset wants a whole number", "--port-offset", "many")]
    [InlineData("--data needs a value", "--data")]
    [InlineData("there is no file", "--sidecar", "/nowhere/at all.dll")]
    [InlineData("there is no file", "--orthanc-json", "/nowhere/orthanc.json")]
    [InlineData("--without cannot leave out 'orthanc'", "--without", "orthanc")]
    public async Task A_wrong_option_is_named(string message, params string[] arguments)
    {
        var result = await GantrySystem.UpAsync(arguments);

        Assert.Equal(2, result.Status);
        Assert.Contains(message, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_with_other_files_is_left_alone()
    {
        var folder = GantrySystem.NewFolder();
        var file = Path.Combine(folder, "thesis.txt");
        await File.WriteAllTextAsync(file, "years of work");

        var result = await GantrySystem.UpAsync("--data", folder, "--reset", "--yes");

        Assert.Equal(2, result.Status);
        Assert.Contains("holds other files", result.Output, StringComparison.Ordinal);
        Assert.Equal([file], Directory.GetFileSystemEntries(folder));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named_with_its_process_before_anything_starts()
    {
        var ports = Ports.Free();
        var data = GantrySystem.NewFolder();
        using var squatter = new TcpListener(IPAddress.Loopback, ports.Worklist);
        squatter.Start();

        var result = await GantrySystem.UpAsync(GantrySystem.Arguments(ports, data));

        Assert.Equal(4, result.Status);
        Assert.Contains($"port {ports.Worklist}", result.Output, StringComparison.Ordinal);
        Assert.Contains($"process {Environment.ProcessId}", result.Output, StringComparison.Ordinal);
        Assert.True(Ports.IsFree(ports.Archive));
        Assert.False(File.Exists(Path.Combine(data, "run", "orthanc.pid")));
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task A_second_start_on_the_same_data_says_that_it_runs_already()
    {
        await using var system = await GantrySystem.StartAsync(parts: Parts.Simulator | Parts.Postgres);

        var second = await GantrySystem.UpAsync(GantrySystem.Arguments(Ports.Free(), system.Data));

        Assert.Equal(5, second.Status);
        Assert.Contains("already runs", second.Output, StringComparison.Ordinal);
        var status = (await GantrySystem.UpAsync("--data", system.Data, "--status")).MustSucceed();
        Assert.All(["postgres", "orthanc", "sidecar", "orthanc-modality"],
            service => Assert.Contains($"{service}: answers", status.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("INT", true)]
    [InlineData("TERM", false)]
    public async Task Ctrl_C_and_termination_leave_no_process_and_no_port(string signal, bool everything)
    {
        await using var system = await GantrySystem.StartAsync(parts: everything ? Parts.Simulator | Parts.Postgres : Parts.None);
        string[] services = everything ? ["orthanc", "sidecar", "orthanc-modality", "postgres"] : ["orthanc", "sidecar"];
        var processes = services.Select(system.ProcessOf).ToArray();

        var result = await system.StopAsync(signal);

        result.MustSucceed();
        Assert.All(processes, process => Assert.False(Path.Exists($"/proc/{process}")));
        Assert.True(system.Ports.AllAreFree());
        // Ended by itself, and not killed after a time limit
        Assert.Contains("Orthanc has stopped", await File.ReadAllTextAsync(Path.Combine(system.Data, "logs", "orthanc.log")), StringComparison.Ordinal);
        Assert.DoesNotContain("is killed", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", await File.ReadAllTextAsync(Path.Combine(system.Data, "logs", "sidecar.log")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_start_finds_its_data_again_and_a_reset_does_not()
    {
        const string Order = "SELECT patient_name FROM worklist_items WHERE accession_number = 'KEPT1';";
        var data = GantrySystem.NewFolder();
        await using var first = await GantrySystem.StartAsync(data);
        (await first.CommandAsync(
            """sqlite3 <worklist.db> "INSERT INTO worklist_items (accession_number, patient_id, patient_name, scheduled_date, scheduled_time, modality) VALUES ('KEPT1','P1','KEPT^ORDER','20260101','100000','MG');" """))
            .MustSucceed();
        (await first.StopAsync()).MustSucceed();

        // --detach and --stop on the way
        (await GantrySystem.UpAsync([.. GantrySystem.Arguments(first.Ports, data), "--detach"])).MustSucceed();
        Assert.Contains("KEPT^ORDER", (await first.CommandAsync($"""sqlite3 <worklist.db> "{Order}" """)).Output, StringComparison.Ordinal);
        var refused = await GantrySystem.UpAsync([.. GantrySystem.Arguments(first.Ports, data), "--reset", "--yes"]);
        Assert.Equal(5, refused.Status);
        (await GantrySystem.UpAsync("--data", data, "--stop")).MustSucceed();
        Assert.True(first.Ports.AllAreFree());

        // Nobody can be asked here, so nothing is deleted without --yes
        Assert.Equal(2, (await GantrySystem.UpAsync([.. GantrySystem.Arguments(first.Ports, data), "--reset"])).Status);
        (await GantrySystem.UpAsync([.. GantrySystem.Arguments(first.Ports, data), "--reset", "--yes", "--detach"])).MustSucceed();
        Assert.DoesNotContain("KEPT^ORDER", (await first.CommandAsync($"""sqlite3 <worklist.db> "{Order}" """)).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sidecar", "orthanc", false)]
    [InlineData("orthanc", "sidecar", false)]
    [InlineData("postgres", "sidecar", true)]
    public async Task A_service_that_dies_is_named_and_the_other_is_stopped(string service, string other, bool usesPostgres)
    {
        await using var system = await GantrySystem.StartAsync(parts: usesPostgres ? Parts.Postgres : Parts.None);
        var stays = system.ProcessOf(other);

        (await Peer.RunAsync("kill", ["-KILL", $"{system.ProcessOf(service)}"])).MustSucceed();
        var result = await system.EndAsync();

        Assert.Equal(1, result.Status);
        Assert.Contains($"{service} has ended by itself", result.Output, StringComparison.Ordinal);
        Assert.False(Path.Exists($"/proc/{stays}"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_simulator_has_port_888_where_it_may_and_8880_elsewhere(bool mayTakeLowPorts)
    {
        // A user who is not root has no capability; root can do without this one
        var isRoot = Environment.IsPrivilegedProcess;
        var port888 = isRoot && mayTakeLowPorts;
        var ports = Ports.FreeAndPrivileged();
        var data = GantrySystem.NewFolder();
        string[] start = [Path.Combine(GantrySystem.Root, "compose", "up"), .. GantrySystem.Arguments(ports, data, Parts.Simulator), "--detach"];
        if (isRoot && !mayTakeLowPorts)
            start = ["setpriv", "--bounding-set", "-net_bind_service", .. start];

        var started = (await Peer.RunAsync(start[0], start[1..], TimeSpan.FromMinutes(2))).MustSucceed();

        var port = (port888 ? 888 : 8880) + ports.Offset;
        Assert.Contains($"http://localhost:{port}", started.Output, StringComparison.Ordinal);
        Assert.Equal(!port888, started.Output.Contains("ports below 1024 take root", StringComparison.Ordinal));
        Assert.Equal("MODALITY", (await new Archive(port).GetAsync("system")).GetProperty("DicomAet").GetString());
        (await GantrySystem.UpAsync("--data", data, "--stop")).MustSucceed();
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task Nothing_that_runs_is_said_so()
    {
        var folder = GantrySystem.NewFolder();

        Assert.Equal(6, (await GantrySystem.UpAsync("--data", folder, "--status")).Status);
        Assert.Equal(6, (await GantrySystem.UpAsync("--data", folder, "--stop")).Status);
        Directory.Delete(folder);
    }
}
