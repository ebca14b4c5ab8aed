using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Gantry.House.Tests;

/// <summary>The repository as the tests see it: the files that belong to it, by paths from its root with slashes.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Every file that git knows or would add; build output and data are left out by .gitignore.</summary>
    public static IReadOnlyList<string> Files { get; } = ListFiles();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static IEnumerable<string> FilesEndingWith(string ending) =>
        Files.Where(file => file.EndsWith(ending, StringComparison.Ordinal));

    /// <summary>Runs a program in the root and returns its exit status and everything it printed.</summary>
    public static (int Status, string Output) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Root, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    private static string FindRoot([CallerFilePath] string thisFile = "")
    {
        for (var folder = new FileInfo(thisFile).Directory; folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Solution.sln")))
                return folder.FullName;
        }
        throw new DirectoryNotFoundException($"No folder above {thisFile} holds Solution.sln.");
    }

    private static IReadOnlyList<string> ListFiles()
    {
        // A copy without .git (an archive, an image) is taken as it lies there
        if (!Path.Exists(Path.Combine(Root, ".git")))
        {
            string[] others = ["artifacts/", ".data/", "node_modules/", "/obj/", "/bin/"];
            return [.. Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
                .Where(file => !others.Any(other => $"/{file}".Contains($"/{other.TrimStart('/')}", StringComparison.Ordinal)))];
        }
        var (status, output) = Run("git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard");
        Assert.True(status == 0, output);
        return [.. output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Distinct().Where(file => File.Exists(Path.Combine(Root, file)))];
    }
}
