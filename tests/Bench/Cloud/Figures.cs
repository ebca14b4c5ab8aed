using System.Globalization;
using Spectre.Console;

namespace Gantry.Bench.Cloud;

/// <summary>A figure, and what was wanted of it. Without a target nothing is met or missed.</summary>
internal sealed record Figure(string Title, string Row, string Value, string Target, bool? IsMet)
{
    /// <summary>"met", "MISSED", or nothing.</summary>
    public string Verdict => IsMet switch { true => "met", false => "MISSED", null => "" };
}

/// <summary>The table of a scenario: each figure with its target beside it.</summary>
internal sealed class Figures(string title)
{
    private readonly List<Figure> _figures = [];

    /// <summary>Those with a target.</summary>
    public IEnumerable<Figure> Judged => _figures.Where(figure => figure.IsMet is not null);

    /// <summary>A figure that may be at most, or must be at least, so much.</summary>
    public void Add(string row, double value, string unit, double? atMost = null, double? atLeast = null) => Add(
        row, $"{Number(value)} {unit}".TrimEnd(),
        atMost is { } most ? $"<= {Number(most)}" : atLeast is { } least ? $">= {Number(least)}" : "",
        atMost is null && atLeast is null ? null : value <= (atMost ?? double.MaxValue) && value >= (atLeast ?? double.MinValue));

    /// <summary>The waits in milliseconds: median and 95th percentile, the latter with its target.</summary>
    public void Add(string row, IReadOnlyCollection<double> waits, double? atMost = null)
    {
        var sorted = waits.Order().ToArray();
        Add(
            $"{row}, p50 / p95 / max", sorted.Length == 0 ? "none came" : $"{Number(At(sorted, 0.5))} / {Number(At(sorted, 0.95))} / {Number(sorted[^1])} ms",
            atMost is { } most ? $"p95 <= {Number(most)}" : "", atMost is null ? null : sorted.Length > 0 && At(sorted, 0.95) <= atMost);
    }

    public void Add(string row, string figure, string target = "", bool? isMet = null)
    {
        Console.Error.WriteLine($"  {row}: {figure}");
        _figures.Add(new(title, row, figure, target, isMet));
    }

    /// <summary>Prints the table, and gives itself back for the one at the end.</summary>
    public Figures Print()
    {
        var table = new Table().Border(TableBorder.Markdown).AddColumns(Markup.Escape(title), "figure", "target", "");
        foreach (var figure in _figures) table.AddRow(Markup.Escape(figure.Row), Markup.Escape(figure.Value), figure.Target, figure.Verdict);
        AnsiConsole.Profile.Width = 200;
        AnsiConsole.Write(table);
        return this;
    }

    public static string Number(double value) => value.ToString(Math.Abs(value) >= 100 ? "N0" : Math.Truncate(value) == value ? "0" : "0.0", CultureInfo.InvariantCulture);

    /// <summary>The value below which so large a part lies.</summary>
    private static double At(double[] sorted, double part) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * part))];
}
