using System.Globalization;
using System.Text;
using System.Text.Json;
using Gantry.Bench.Cloud;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace Gantry.Bench.Images;

/// <summary>
/// A backlog of 100,000 changes, as after a week without the gateway. Orthanc's part is played by a server that answers in its shape at
/// once, so what is measured is ours; how fast Orthanc itself tells them comes on top.
/// </summary>
internal static class BacklogBench
{
    private const int Changes = 100_000;

    public static async Task RunAsync(string work, Table table, CancellationToken cancellationToken)
    {
        await using var orthanc = await StartAsync(cancellationToken);
        foreach (var (name, settings) in new (string, string[])[]
        {
            ("nothing to forward", []),
            ("every image put into the outbox", ["--Relay:Namespace=ws://127.0.0.1:9", "--Relay:SharedAccessKey=a2V5", "--Forwarding:Paused=true"]),
        })
        {
            var folder = Path.Combine(work, $"backlog-{settings.Length}");
            await using var gateway = new Gateway(
                folder, Path.Combine(work, $"backlog-{settings.Length}.db"), [$"--Orthanc:Url={orthanc.Urls.First()}", "--ChangeFeed:FirstStart=Beginning", .. settings]);
            await gateway.StartAsync(cancellationToken);
            using var browser = new HttpClient { BaseAddress = new($"http://127.0.0.1:{gateway.Port}") };
            var (first, start) = (await PositionAsync(browser, cancellationToken), TimeProvider.System.GetTimestamp());
            var last = first;
            while ((last = await PositionAsync(browser, cancellationToken)) < Changes) await Task.Delay(50, cancellationToken);
            var rate = (last - first) / TimeProvider.System.GetElapsedTime(start).TotalSeconds;
            ImageBench.Add(table, $"a backlog of {Changes:N0} changes (played), {name}, changes/s", ImageBench.Number(rate), "", "5,000");
        }
    }

    private static async Task<long> PositionAsync(HttpClient browser, CancellationToken cancellationToken)
    {
        using var status = JsonDocument.Parse(await browser.GetStringAsync(new Uri("/api/orthanc/sync-status", UriKind.Relative), cancellationToken));
        return status.RootElement.TryGetProperty("position", out var position) ? position.GetInt64() : 0;
    }

    private static async Task<WebApplication> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting(WebHostDefaults.ServerUrlsKey, "http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/system", () => Results.Text("""{"Version":"1.12.7","ApiVersion":24,"Name":"played","DicomAet":"ORTHANC","DicomPort":4242}""", "application/json"));
        app.MapGet("/changes", (HttpRequest request) => Results.Text(Page(request.Query), "application/json"));
        app.MapPost("/tools/bulk-content", async (HttpRequest request) => Results.Text(await BulkAsync(request), "application/json"));
        await app.StartAsync(cancellationToken);
        return app;
    }

    private static string Page(IQueryCollection query)
    {
        if (query.ContainsKey("last")) return FormattableString.Invariant($$"""{"Changes":[],"Done":true,"Last":{{Changes}}}""");
        var since = int.Parse(query["since"]!, CultureInfo.InvariantCulture);
        var to = Math.Min(Changes, since + int.Parse(query["limit"]!, CultureInfo.InvariantCulture));
        var changes = string.Join(',', Enumerable.Range(since + 1, to - since).Select(seq => FormattableString.Invariant(
            $$"""{"ChangeType":"NewInstance","Date":"20261121T000000","ID":"i{{seq}}","Path":"/instances/i{{seq}}","ResourceType":"Instance","Seq":{{seq}}}""")));
        return FormattableString.Invariant($$"""{"Changes":[{{changes}}],"Done":{{(to == Changes ? "true" : "false")}},"Last":{{to}}}""");
    }

    /// <summary>Instances i1, i2, ... of series of 50 images, s0, s1, ..., each its own study.</summary>
    private static async Task<string> BulkAsync(HttpRequest request)
    {
        using var body = await JsonDocument.ParseAsync(request.Body);
        var answer = new StringBuilder("[");
        foreach (var id in body.RootElement.GetProperty("Resources").EnumerateArray().Select(id => id.GetString()!))
        {
            var number = int.Parse(id[1..], CultureInfo.InvariantCulture);
            answer.Append(answer.Length > 1 ? "," : "").Append(CultureInfo.InvariantCulture, $"{(id[0] switch
            {
                'i' => FormattableString.Invariant($$"""{"ID":"{{id}}","ParentSeries":"s{{number / 50}}","FileSize":1,"MainDicomTags":{"SOPInstanceUID":"1.2.{{number}}"},"Type":"Instance"}"""),
                's' => FormattableString.Invariant($$"""{"ID":"{{id}}","ParentStudy":"t{{number}}","MainDicomTags":{"SeriesInstanceUID":"1.3.{{number}}"},"Type":"Series"}"""),
                _ => FormattableString.Invariant($$"""{"ID":"{{id}}","ParentPatient":"p","MainDicomTags":{"StudyInstanceUID":"1.4.{{number}}","AccessionNumber":"A{{number}}"},"Type":"Study"}"""),
            })}");
        }

        return answer.Append(']').ToString();
    }
}
