using System.CommandLine;
using Gantry.Sidecar.Phantoms;

namespace Gantry.Sidecar.Cli;

/// <summary>The options that say how many images are drawn, and which.</summary>
internal static class PhantomFlags
{
    private static readonly Option<int?> Images = new("--images")
    {
        HelpName = "N", Description = "Images of a CT, MR or ultrasound series, frames of an XA run [default: 20, 16, 3, 20]",
    };

    private static readonly Option<int> Seed = new("--seed")
    {
        HelpName = "N", Description = "The same number draws the same pictures", DefaultValueFactory = _ => 1,
    };

    private static readonly Option<int?> Columns = new("--columns")
    {
        HelpName = "N", Description = "Columns of radiographs and mammograms [default: 1760, 1536]",
    };

    public static void AddTo(Command command)
    {
        command.Options.Add(Images);
        command.Options.Add(Columns);
        command.Options.Add(Seed);
    }

    /// <exception cref="ArgumentException">A number is outside its range.</exception>
    public static PhantomOptions Read(ParseResult arguments)
    {
        var options = new PhantomOptions { Seed = arguments.GetValue(Seed), Images = arguments.GetValue(Images) };
        if (options.Images is { } frames)
            options = options with { Frames = frames };
        if (arguments.GetValue(Columns) is { } columns)
            options = options with { RadiographColumns = columns, MammogramColumns = columns };
        options.Validate();
        return options;
    }
}
