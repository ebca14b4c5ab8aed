using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gantry.Sidecar.Viewer.Files;

namespace Gantry.Sidecar.Viewer.Preparation;

/// <summary>
/// Lays OHIF out for serving: the files of its package but for <see cref="LeftOut"/>, our <c>app-config.js</c>, and compressed copies, so
/// that nothing is compressed while somebody waits. The new folder takes the old one's place in one step when it is whole.
/// </summary>
internal static class ViewerPreparation
{
    /// <summary>Raised when the same package is laid out in another way.</summary>
    private const string Layout = "2";

    /// <summary>
    /// The machine-learning runtime, more than half of the package. Its models would come from the internet, which
    /// <see cref="ViewerHeaders"/> keep the browser from asking.
    /// </summary>
    private const string LeftOut = "ort";

    private static readonly string[] Compressible = [".js", ".mjs", ".css", ".html", ".json", ".svg", ".wasm", ".map", ".txt"];

    /// <summary>Prepares a folder.</summary>
    /// <param name="package">The folder of the npm package @ohif/app.</param>
    /// <param name="configuration">The file that becomes <c>app-config.js</c>.</param>
    /// <param name="target">The folder to make.</param>
    /// <param name="cancellationToken">Stops; what stood there before stays.</param>
    /// <returns>False if it was up to date.</returns>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static async Task<bool> PrepareAsync(string package, string configuration, string target, CancellationToken cancellationToken)
    {
        var version = VersionOf(package);
        var mark = new ViewerMark(version, await SourceHashAsync(version, configuration, cancellationToken));
        target = Path.GetFullPath(target).TrimEnd(Path.DirectorySeparatorChar);
        if (ViewerMark.Read(Path.Combine(target, ViewerFiles.MarkName)) == mark)
            return false;
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var fresh = string.Create(CultureInfo.InvariantCulture, $"{target}.new-{Environment.ProcessId}");
        var old = string.Create(CultureInfo.InvariantCulture, $"{target}.old-{Environment.ProcessId}");
        try
        {
            var files = Path.Combine(package, "dist");
            Copy(files, fresh, except: Path.Combine(files, LeftOut) + Path.DirectorySeparatorChar);
            File.Copy(configuration, Path.Combine(fresh, "app-config.js"), overwrite: true);
            await CompressAsync(fresh, cancellationToken);
            mark.Write(Path.Combine(fresh, ViewerFiles.MarkName));
            if (Directory.Exists(target))
                Directory.Move(target, old);
            Directory.Move(fresh, target);
            return true;
        }
        finally
        {
            Delete(fresh);
            Delete(old);
        }
    }

    private static string VersionOf(string package)
    {
        var file = Path.Combine(package, "package.json");
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        return json.RootElement.GetProperty("version").GetString() ?? throw new InvalidDataException($"{file} names no version.");
    }

    private static async Task<string> SourceHashAsync(string version, string configuration, CancellationToken cancellationToken) =>
        Convert.ToHexStringLower(SHA256.HashData([
            .. Encoding.UTF8.GetBytes($"{Layout} {version} "), .. await File.ReadAllBytesAsync(configuration, cancellationToken)]));

    private static void Copy(string from, string to, string except)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            if (file.StartsWith(except, StringComparison.Ordinal))
                continue;
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static async Task CompressAsync(string folder, CancellationToken cancellationToken)
    {
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Compressible.Contains(Path.GetExtension(file)) && new FileInfo(file).Length > 1000)
            .ToList();
        await Parallel.ForEachAsync(files, cancellationToken, async (file, stop) =>
        {
            var content = await File.ReadAllBytesAsync(file, stop);
            using var brotli = new MemoryStream();
            // 6 of 11: a new viewer is ready in seconds; the rest would save a tenth
            await using (var stream = new BrotliStream(brotli, new BrotliCompressionOptions { Quality = 6 }, leaveOpen: true))
                await stream.WriteAsync(content, stop);
            await SaveIfSmallerAsync(file + ".br", brotli, content.Length, stop);
            using var gzip = new MemoryStream();
            await using (var stream = new GZipStream(gzip, CompressionLevel.Optimal, leaveOpen: true))
                await stream.WriteAsync(content, stop);
            await SaveIfSmallerAsync(file + ".gz", gzip, content.Length, stop);
        });
    }

    private static async Task SaveIfSmallerAsync(string file, MemoryStream compressed, int length, CancellationToken cancellationToken)
    {
        if (compressed.Length < length * 0.9)
            await File.WriteAllBytesAsync(file, compressed.ToArray(), cancellationToken);
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
