using Gantry.Bench;
using Gantry.Bench.Cloud;
using Gantry.Bench.Emr;
using Gantry.Bench.Images;
using Gantry.Bench.Servers;

var isCloud = args is ["cloud", ..];
var isEmr = args is ["emr", ..];
var isImages = args is ["images", ..];
if (isCloud || isEmr || isImages) args = args[1..];
var options = BenchOptions.Parse(args, out var problem);
if (options is null)
{
    Console.Error.WriteLine(problem.Length > 0 ? $"{problem}\n\n{BenchOptions.Usage}" : BenchOptions.Usage);
    return problem.Length > 0 ? 2 : 0;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

try
{
    Directory.CreateDirectory(options.WorkFolder);
    if (isCloud)
    {
        return await CloudBench.RunAsync(Path.Combine(options.WorkFolder, "cloud"), options.Only, stop.Token) ? 0 : 1;
    }

    if (isImages)
    {
        await ImageBench.RunAsync(Path.Combine(options.WorkFolder, "images"), stop.Token);
        return 0;
    }

    if (isEmr)
    {
        if (options.Only is [] or ["sync"])
            foreach (var orders in options.Sizes) await EmrBench.RunAsync(orders, options.WorkFolder, stop.Token);
        if (options.Only is [] or ["queries"]) await QueryBench.RunAsync(options.WorkFolder, stop.Token);
        if (options.Only is [] or ["write-backs"]) await WriteBackBench.RunAsync(10_000, options.WorkFolder, stop.Token);
        return 0;
    }

    var client = await LoadClient.BuildAsync(options, stop.Token);
    var tables = new List<ResultTable>();
    foreach (var items in options.Sizes)
    {
        var table = new ResultTable(items);
        foreach (var server in WorklistServers.For(options, client, items))
        {
            await using (server)
            {
                await Runner.RunAsync(server, client, items, options, table, stop.Token);
            }
        }

        table.Print();
        tables.Add(table);
    }

    ResultTable.Save(tables, Path.Combine(options.WorkFolder, "results.json"));
    Console.WriteLine($"Also written to {Path.Combine(options.WorkFolder, "results.json")}");
    return tables.TrueForAll(table => table.IsComplete) ? 0 : 1;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Stopped.");
    return 130;
}
catch (BenchException failure)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}
