using System.Diagnostics;

namespace Gantry.Dicom.Tests.Data;

/// <summary>Runs DCMTK's tools (Debian package dcmtk, which tests/run installs) in a folder of their own.</summary>
internal sealed class Dcmtk : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gantry-dcmtk-");

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>What the tool prints; a tool that is missing or fails fails the test.</summary>
    public string Run(string tool, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(tool, arguments)
        {
            WorkingDirectory = _folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Start(start);
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{tool} failed with {process.ExitCode}: {errors.Result}{output}");
        return output;
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Fail($"{start.FileName} is missing: install Debian's dcmtk, as tests/run does.");
            throw;
        }
    }
}
