using System.Globalization;
using System.Text.Json;
using Gantry.Bench.Servers;
using Spectre.Console;

namespace Gantry.Bench;

/// <summary>The figures of all servers at one size, side by side.</summary>
internal sealed class ResultTable(int items)
{
    private const string MemoryRow = "memory, peak resident MB";

    private readonly Dictionary<string, Dictionary<string, string>> _cells = [];
    private readonly Dictionary<string, (Figure Figure, Dictionary<string, double> Values)> _values = [];

    /// <summary>False if a case of ours failed.</summary>
    public bool IsComplete { get; private set; } = true;

    public void Add(BenchCase benchCase, string server, Measurement measured)
    {
        var value = benchCase.Figure switch
        {
            Figure.PerSecond => measured.PerSecond,
            Figure.AnswersPerSecond => measured.AnswersPerSecond,
            Figure.MedianMilliseconds => measured.MedianMicroseconds / 1000,
            Figure.Megabytes => 0,
        };
        var isUsable = measured.Operations > 0 && measured.Error.Length == 0;
        if (!isUsable && server == GantryServer.ServerName) IsComplete = false;
        Put(benchCase.Name, server, benchCase.Figure, isUsable ? value : null, measured.Error);
    }

    public void AddMemory(string server, double megabytes) => Put(MemoryRow, server, Figure.Megabytes, megabytes, "");

    public void Print()
    {
        var table = new Table().Border(TableBorder.Markdown);
        table.AddColumns(["case", .. WorklistServers.Names, "Gantry / best peer", "Gantry / ceiling"]);
        foreach (var (name, cells) in _cells)
        {
            table.AddRow([Markup.Escape(name), .. WorklistServers.Names.Select(server => Markup.Escape(cells.GetValueOrDefault(server, "-"))),
                Ratio(name, WorklistServers.Peers), Ratio(name, [CeilingServer.ServerName])]);
        }

        AnsiConsole.Profile.Width = 200;
        AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{items:N0} items"));
        AnsiConsole.Write(table);
    }

    public static void Save(IReadOnlyList<ResultTable> tables, string path)
    {
        using var file = File.Create(path);
        using var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
        json.WriteStartArray();
        foreach (var table in tables) table.Write(json);
        json.WriteEndArray();
    }

    private void Write(Utf8JsonWriter json)
    {
        foreach (var (name, (figure, values)) in _values)
        {
            json.WriteStartObject();
            json.WriteNumber("items", items);
            json.WriteString("case", name);
            json.WriteString("figure", figure.ToString());
            foreach (var (server, value) in values) json.WriteNumber(server, Math.Round(value, 3));
            json.WriteEndObject();
        }
    }

    private void Put(string row, string server, Figure figure, double? value, string error)
    {
        if (!_cells.TryGetValue(row, out var cells)) _cells[row] = cells = [];
        if (!_values.TryGetValue(row, out var values)) _values[row] = values = (figure, []);
        cells[server] = value is { } number ? Text(number) : $"failed: {error}";
        if (value is { } measured) values.Values[server] = measured;
    }

    // How many times as good: more per second, or less time or memory
    private string Ratio(string row, IReadOnlyList<string> others)
    {
        var (figure, values) = _values[row];
        double[] known = [.. others.Where(values.ContainsKey).Select(server => values[server])];
        if (known.Length == 0 || !values.TryGetValue(GantryServer.ServerName, out var ours) || ours <= 0) return "-";
        var ratio = figure is Figure.PerSecond or Figure.AnswersPerSecond ? ours / known.Max() : known.Min() / ours;
        return Text(ratio) + " x";
    }

    private static string Text(double value) =>
        value.ToString(value >= 100 ? "N0" : value >= 1 ? "0.0" : "0.000", CultureInfo.InvariantCulture);
}
