using System.Globalization;
using Spectre.Console;

namespace Gantry.Bench.Images;

/// <summary>Orthanc's side: storing a study, reading it through the viewer's port, and catching up with what was stored meanwhile.</summary>
internal static class ImageBench
{
    public static async Task RunAsync(string work, CancellationToken cancellationToken)
    {
        if (Directory.Exists(work)) Directory.Delete(work, recursive: true);
        Directory.CreateDirectory(work);
        var table = new Table().Border(TableBorder.Markdown).AddColumns("case", "figure", "ratio", "wanted");
        await StoreBench.RunAsync(work, table, cancellationToken);
        await ViewerBench.RunAsync(work, table, cancellationToken);
        await BacklogBench.RunAsync(work, table, cancellationToken);
        AnsiConsole.Profile.Width = 200;
        AnsiConsole.Write(table);
    }

    public static void Add(Table table, string row, string figure, string ratio, string wanted)
    {
        Console.Error.WriteLine($"{row}: {figure} {ratio}");
        table.AddRow(row, figure, ratio, wanted);
    }

    public static string Number(double value) => value.ToString(value >= 100 ? "N0" : "0.0", CultureInfo.InvariantCulture);

    public static string Ratio(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    public static double Median(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);
}
