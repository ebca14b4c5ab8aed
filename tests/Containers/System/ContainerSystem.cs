using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Gantry.Containers.Tests;

/// <summary>
/// The demo in containers, started as README says, under a project name and on ports of its own. Its end takes containers and
/// volumes away. tests/run --compose has built the images before.
/// </summary>
public class ContainerSystem : IAsyncLifetime
{
    public const string Worklist = "/etc/orthanc/WorklistsDatabase/worklist.db";

    /// <summary>A start from nothing, on a machine that does other things too.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(6);

    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromMinutes(1) };

    private readonly Dictionary<string, string> _environment;

    public ContainerSystem()
        : this(new Dictionary<string, string>())
    {
    }

    /// <param name="more">Further variables for docker compose.</param>
    private protected ContainerSystem(IReadOnlyDictionary<string, string> more)
    {
        _environment = new(more)
        {
            ["COMPOSE_PROJECT_NAME"] = $"gantry-test-{Ports.Offset.ToString(CultureInfo.InvariantCulture)}",
            ["PACS_DICOM_PORT"] = Text(Ports.Archive), ["PACS_WEB_PORT"] = Text(Ports.ArchiveWeb),
            ["WORKLIST_PORT"] = Text(Ports.Worklist), ["WORKLIST_SECOND_PORT"] = Text(Ports.SecondWorklist),
            ["SIDECAR_WEB_PORT"] = Text(Ports.SidecarWeb), ["VIEWER_PORT"] = Text(Ports.Viewer),
            ["MODALITY_WEB_PORT"] = Text(Ports.ModalityWeb), ["CLOUD_PORT"] = Text(Ports.Cloud),
        };
    }

    internal Ports Ports { get; } = Ports.Free();

    public virtual async Task InitializeAsync() => await UpAsync();

    /// <summary>Starts what is not running, and waits until every health check has passed.</summary>
    internal async Task UpAsync() => (await ComposeAsync(StartLimit, "up", "-d", "--wait", "--no-build")).MustSucceed();

    public virtual async Task DisposeAsync() => (await ComposeAsync(StartLimit, "--profile", "*", "down", "-v", "--remove-orphans")).MustSucceed();

    /// <summary>docker compose for this system.</summary>
    internal Task<PeerResult> ComposeAsync(params string[] arguments) => ComposeAsync(TimeSpan.FromMinutes(2), arguments);

    internal Task<PeerResult> ComposeAsync(TimeSpan limit, params string[] arguments) =>
        Compose.RunAsync(_environment, ["--env-file", "compose/demo.env", .. arguments], limit);

    /// <summary>The same with variables changed.</summary>
    internal Task<PeerResult> ComposeAsync((string Name, string Value) variable, params string[] arguments) =>
        Compose.RunAsync(
            new Dictionary<string, string>(_environment) { [variable.Name] = variable.Value },
            ["--env-file", "compose/demo.env", .. arguments], TimeSpan.FromMinutes(2));

    /// <summary>Runs a command inside a service's container.</summary>
    internal Task<PeerResult> InsideAsync(string service, params string[] command) => ComposeAsync(["exec", "-T", service, .. command]);

    /// <summary>Runs SQL on the worklist, inside the container that has the file.</summary>
    internal async Task<string> SqlAsync(string sql) =>
        (await InsideAsync("orthanc-worklists", "sqlite3", "-cmd", ".timeout 10000", Worklist, sql)).MustSucceed().Output;

    /// <summary>Runs a command of the contract: its ports are those published, and the worklist's file is inside its container.</summary>
    internal Task<PeerResult> CommandAsync(string command)
    {
        var prefix = string.Join(' ', _environment.Select(pair => $"{pair.Key}={pair.Value}"));
        return Peer.ShellAsync($"cd '{Compose.Root}' && " + Ports.Move(command).Replace(
            "sqlite3 <worklist.db>",
            $"{prefix} docker compose --env-file compose/demo.env exec -T orthanc-worklists sqlite3 {Worklist}", StringComparison.Ordinal));
    }

    /// <summary>A modality outside the containers: a command of the sidecar's program, on this machine.</summary>
    internal static Task<PeerResult> ModalityAsync(params string[] arguments)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
        var program = Path.Combine(here.Parent!.Parent!.FullName, "Gantry.Sidecar", here.Name, "gantry-sidecar.dll");
        return Peer.RunAsync("dotnet", [program, .. arguments], TimeSpan.FromMinutes(3));
    }

    /// <summary>REST of an Orthanc by its published port.</summary>
    internal static async Task<JsonElement> OrthancAsync(int port, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, $"http://localhost:{port}/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("orthanc:orthanc")));
        if (body is not null)
            request.Content = new StringContent(body);
        using var answer = await Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>What a page answers.</summary>
    internal static async Task<(int Status, string Text)> GetAsync(string address)
    {
        using var answer = await Http.GetAsync(new Uri(address));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The classes that share one started system, whose tests run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class StartedContainers : ICollectionFixture<ContainerSystem>
{
    public const string Name = "started containers";

    /// <summary>The category of tests that need an engine and the images: tests/run --compose.</summary>
    public const string Category = "Started";
}
