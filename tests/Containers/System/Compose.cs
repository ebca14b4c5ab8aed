using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Gantry.Containers.Tests;

/// <summary>docker compose as a person runs it in the root of the repository.</summary>
internal static class Compose
{
    public static string Root { get; } = FindRoot();

    /// <summary>The file that includes all stacks, and every stack: all files but the parts that stacks are made of.</summary>
    public static IReadOnlyList<string> Files { get; } =
    [
        "docker-compose.yml",
        .. Directory.EnumerateFiles(Path.Combine(Root, "compose"), "*.yml").Select(file => Path.GetRelativePath(Root, file))
            .Except(["compose/secrets.yml", "compose/service.yml"]).Order(StringComparer.Ordinal),
    ];

    /// <summary>The ports as nobody has set them, whatever the environment of this process says.</summary>
    public static IReadOnlyDictionary<string, string> UsualPorts { get; } = new[]
    {
        "PACS_DICOM_PORT", "PACS_WEB_PORT", "WORKLIST_PORT", "WORKLIST_SECOND_PORT", "SIDECAR_WEB_PORT", "VIEWER_PORT", "MODALITY_WEB_PORT", "CLOUD_PORT",
    }.ToDictionary(name => name, _ => "");

    /// <summary>Runs docker compose with the environment file of the demo.</summary>
    public static Task<PeerResult> DemoAsync(params string[] arguments) => RunAsync(UsualPorts, ["--env-file", "compose/demo.env", .. arguments]);

    /// <summary>Runs docker compose.</summary>
    /// <param name="environment">Variables besides those of this process.</param>
    /// <param name="arguments">What follows 'docker compose'.</param>
    /// <param name="limit">How long it may take.</param>
    public static async Task<PeerResult> RunAsync(
        IReadOnlyDictionary<string, string>? environment, IEnumerable<string> arguments, TimeSpan? limit = null)
    {
        await using var peer = Peer.Start("docker", ["compose", .. arguments], Root, environment);
        return await peer.EndAsync(limit ?? TimeSpan.FromMinutes(2));
    }

    /// <summary>The model that docker compose makes of a file.</summary>
    public static async Task<JsonElement> ModelAsync(string file, params string[] options)
    {
        var config = (await DemoAsync(["-f", file, .. options, "config", "--format", "json"])).MustSucceed();
        // Warnings, if there are any, come on the other stream, before it
        return JsonDocument.Parse(config.Output[config.Output.IndexOf('{', StringComparison.Ordinal)..]).RootElement;
    }

    private static string FindRoot([CallerFilePath] string thisFile = "")
    {
        var folder = new FileInfo(thisFile).Directory!;
        while (!File.Exists(Path.Combine(folder.FullName, "Solution.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"No folder above {thisFile} holds Solution.sln.");
        return folder.FullName;
    }
}
