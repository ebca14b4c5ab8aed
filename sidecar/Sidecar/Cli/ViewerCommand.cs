using System.CommandLine;
using Gantry.Sidecar.Viewer.Preparation;

namespace Gantry.Sidecar.Cli;

/// <summary><c>viewer prepare</c>: lays OHIF out for the viewer's port, from the npm package.</summary>
internal static class ViewerCommand
{
    private static readonly Option<string> Package = new("--package")
    {
        HelpName = "FOLDER", Description = "The npm package @ohif/app", DefaultValueFactory = _ => "orthanc/ohif/node_modules/@ohif/app",
    };

    private static readonly Option<string> Configuration = new("--app-config")
    {
        HelpName = "FILE", Description = "What becomes app-config.js", DefaultValueFactory = _ => "orthanc/ohif/app-config.js",
    };

    private static readonly Option<string> Target = new("--to")
    {
        HelpName = "FOLDER", Description = "The folder to make; Viewer:Folder of the settings", DefaultValueFactory = _ => "artifacts/viewer",
    };

    public static Command Create()
    {
        var prepare = new Command("prepare", "Lays the viewer out for serving, with compressed copies. Does nothing when it is up to date.")
        {
            Package, Configuration, Target,
        };
        CommandRun.Attach(prepare, "viewer prepare", PrepareAsync);
        return new Command("viewer", "The viewer that radiologists use.") { prepare };
    }

    private static Task PrepareAsync(CommandRun run, CancellationToken cancellationToken)
    {
        string Full(Option<string> option) => Path.GetFullPath(run.Get(option)!, run.Terminal.Directory);
        return run.Report.RunAsync("prepare", PrepareAsync, fresh => fresh ? $"the viewer lies in {Full(Target)}" : "it is up to date", cancellationToken);

        async Task<bool> PrepareAsync()
        {
            try
            {
                return await ViewerPreparation.PrepareAsync(Full(Package), Full(Configuration), Full(Target), cancellationToken);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                throw new StepFailedException("prepare", $"{error.Message} The package comes with: npm ci --ignore-scripts --prefix orthanc/ohif");
            }
        }
    }
}
