using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.StaticFiles;

namespace Gantry.Sidecar.Viewer.Files;

/// <summary>The viewer's files by their paths in an address. A path that is not in the list does not exist, whatever the disk holds.</summary>
internal sealed partial class ViewerFiles
{
    /// <summary>Written last by the preparation: a folder without it is not whole.</summary>
    public const string MarkName = "gantry-viewer.json";

    private static readonly FileExtensionContentTypeProvider Types = new();

    private readonly FrozenDictionary<string, ViewerFile> _files;

    private ViewerFiles(FrozenDictionary<string, ViewerFile> files, string version, string inlineScriptHashes) =>
        (_files, Version, InlineScriptHashes) = (files, version, inlineScriptHashes);

    /// <summary>OHIF's version.</summary>
    public string Version { get; }

    /// <summary>The page's own scripts, as sources of a content security policy, each with a space before it.</summary>
    public string InlineScriptHashes { get; }

    /// <summary>The page that starts the viewer, whatever study the address names.</summary>
    public ViewerFile Start => _files["/index.html"];

    /// <summary>Reads a prepared folder.</summary>
    public static ViewerFiles Read(string folder)
    {
        var files = new Dictionary<string, ViewerFile>(StringComparer.Ordinal);
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            if (file.Extension is ".br" or ".gz" || file.Name == MarkName)
                continue;
            var path = "/" + Path.GetRelativePath(folder, file.FullName).Replace('\\', '/');
            var tag = string.Create(CultureInfo.InvariantCulture, $"\"{file.Length:x}-{file.LastWriteTimeUtc.Ticks:x}\"");
            files[path] = new(
                file.FullName, ContentTypeOf(file.Name), tag, HashedName().IsMatch(file.Name), Copy(file, ".br"), Copy(file, ".gz"));
        }
        return new(files.ToFrozenDictionary(StringComparer.Ordinal), VersionOf(folder), ScriptHashes(File.ReadAllText(files["/index.html"].Path)));
    }

    /// <summary>The file at a path such as <c>/app-config.js</c>; null if there is none.</summary>
    public ViewerFile? Find(string path) => _files.GetValueOrDefault(path);

    private static string? Copy(FileInfo file, string suffix) => File.Exists(file.FullName + suffix) ? file.FullName + suffix : null;

    private static string ContentTypeOf(string name)
    {
        if (Path.GetExtension(name) is ".mjs")
            return "text/javascript";
        var type = Types.TryGetContentType(name, out var known) ? known : "application/octet-stream";
        return type is "text/html" or "text/javascript" or "text/css" ? type + "; charset=utf-8" : type;
    }

    private static string VersionOf(string folder) => Preparation.ViewerMark.Read(Path.Combine(folder, MarkName))?.Version ?? "unknown";

    private static string ScriptHashes(string page) => string.Concat(InlineScript().Matches(page)
        .Select(script => $" 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script.Groups[1].Value)))}'").Distinct());

    // app.bundle.0f6159c501addfe9.js, 34b1e6b1deb5828e.wasm
    [GeneratedRegex(@"(^|\.)[0-9a-f]{16,}\.")]
    private static partial Regex HashedName();

    [GeneratedRegex("<script>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex InlineScript();
}
