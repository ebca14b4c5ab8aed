namespace Gantry.Containers.Tests;

/// <summary>A volume in an odd state, and an image that meets it. Disposing it deletes the volume.</summary>
internal sealed class Volume : IAsyncDisposable
{
    private readonly string _name = $"gantry-test-{Guid.NewGuid():N}";
    private readonly string _image;
    private readonly string _folder;

    private Volume(string image, string folder) => (_image, _folder) = ($"{image}:0.1.0", folder);

    /// <summary>Makes a volume.</summary>
    /// <param name="image">The image, without its version.</param>
    /// <param name="folder">Where it is mounted.</param>
    /// <param name="script">What root does in it, in the shell.</param>
    public static async Task<Volume> MakeAsync(string image, string folder, string script)
    {
        var volume = new Volume(image, folder);
        (await volume.RunAsync("--user", "0", "--workdir", folder, "--entrypoint", "sh", "IMAGE", "-c", script)).MustSucceed();
        return volume;
    }

    /// <summary>docker run with the volume; IMAGE among the arguments stands for the image, which else comes last.</summary>
    public Task<PeerResult> RunAsync(params string[] arguments)
    {
        string[] all = arguments.Contains("IMAGE") ? [.. arguments.Select(argument => argument == "IMAGE" ? _image : argument)] : [.. arguments, _image];
        return Peer.RunAsync("docker", ["run", "--rm", "-v", $"{_name}:{_folder}", .. all]);
    }

    public async ValueTask DisposeAsync() => (await Peer.RunAsync("docker", ["volume", "rm", _name])).MustSucceed();
}
