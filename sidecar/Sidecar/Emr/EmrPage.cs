using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Gantry.EmrSync.Sync;
using Gantry.Sidecar.Auditing;
using Gantry.Worklist;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gantry.Sidecar.Emr;

/// <summary><c>/emr</c>: the sync with the EMR for an admin, made here as plain HTML with forms, so that it works without a script.</summary>
internal static class EmrPage
{
    private const string Path = "/emr";
    private const int Runs = 20;
    private const int WriteBacks = 50;

    public static void MapEmrPage(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).ExcludeFromDescription().ShowsPatients();
        var acts = routes.MapGroup("").AddEndpointFilter<RouteGroupBuilder, AdministrationAudit>();
        acts.MapPost(Path + "/sync", (IServiceProvider services, CancellationToken cancellationToken) =>
            SyncAsync(services, SyncScope.Due, cancellationToken)).ExcludeFromDescription();
        acts.MapPost(Path + "/compare", (IServiceProvider services, CancellationToken cancellationToken) =>
            SyncAsync(services, SyncScope.Whole, cancellationToken)).ExcludeFromDescription();
        acts.MapPost(Path + "/write-backs/replay", async (IWorklistStore store, CancellationToken cancellationToken) =>
        {
            await store.UnparkAllAsync(OutboxTarget.Emr, cancellationToken);
            return Back();
        }).ExcludeFromDescription();
    }

    /// <summary>Syncs; whoever loads the page meanwhile is told that a sync runs.</summary>
    private static async Task<RedirectHttpResult> SyncAsync(IServiceProvider services, SyncScope scope, CancellationToken cancellationToken)
    {
        if (services.GetService<OrderRuns>() is { } runs)
            await runs.StartAsync(new("page", scope)).WaitAsync(cancellationToken);
        return Back();
    }

    private static RedirectHttpResult Back() => TypedResults.LocalRedirect(Path);

    private static async Task<ContentHttpResult> ShowAsync(
        EmrOverview overview, IWorklistStore store, HttpResponse response, CancellationToken cancellationToken)
    {
        response.Headers.CacheControl = "no-store";
        var status = await overview.StatusAsync(cancellationToken);
        var html = new StringBuilder();
        if (status.Enabled)
        {
            State(html, status);
            RunTable(html, await overview.RunsAsync(Runs, cancellationToken));
            SetAside(html, await overview.SetAsideAsync(cancellationToken));
            Parked(html, status, await store.ParkedAsync(OutboxTarget.Emr, WriteBacks, cancellationToken));
        }
        return TypedResults.Content(Frame(status, html.ToString()), "text/html; charset=utf-8");
    }

    private static void State(StringBuilder html, EmrStatus status)
    {
        html.Append("<section><h2>State</h2>\n");
        html.Append(CultureInfo.InvariantCulture, $"<p>Mode {Text(status.Mode)}, schedule {Text(status.Schedule)}; the next sync is {(status.NextRun is { } next ? $"due at {Time(next)}" : "not scheduled yet")}.</p>\n");
        html.Append(status.OnQuery switch
        {
            EmrStatus.Waiting => "<p>Modalities&rsquo; queries sync first.</p>\n",
            EmrStatus.Paused => "<p>Modalities&rsquo; queries do not wait for the EMR now, because it failed or was too slow; they are answered from the worklist as it is.</p>\n",
            _ => "<p>Modalities&rsquo; queries do not sync (EmrSync:OnQuery is false).</p>\n",
        });
        html.Append(Button("sync", "Sync now")).Append(Button("compare", "Compare everything and retry what is set aside"));
        html.Append("</section>\n");
    }

    private static void RunTable(StringBuilder html, IReadOnlyList<EmrRunReport> runs) => Table(
        html, "runs", "Last syncs", "Syncs for a modality&rsquo;s query are listed only if they changed something or failed.",
        ["Began", "Asked by", "Result", "Read", "New", "Changed", "Cancelled", "Reinstated", "Set aside", "Took", "Why it failed"],
        runs.Select(run => new[]
        {
            Time(run.StartedAt), Text(run.Reason),
            run.Failure is null ? $"<span class=\"tag healthy\">{(run.Whole ? "compared" : "new read")}</span>" : "<span class=\"tag unhealthy\">failed</span>",
            Number(run.Read), Number(run.Added), Number(run.Changed), Number(run.Cancelled), Number(run.Reinstated), Number(run.SetAside),
            $"{Number(run.Milliseconds)} ms", Text(run.Failure),
        }));

    private static void SetAside(StringBuilder html, IReadOnlyList<SetAsideItem> items) => Table(
        html, "aside", "Set aside", "Rows of the EMR that cannot become orders. They come back by themselves once they are put right.",
        ["Order in the EMR", "Reason", "First seen", "Last seen"],
        items.Select(item => new[] { Text(item.Reference), Text(item.Reason), Time(item.FirstSeen), Time(item.LastSeen) }));

    private static void Parked(StringBuilder html, EmrStatus status, IReadOnlyList<OutboxEntry> parked)
    {
        Table(html, "write-backs", "Statuses for the EMR",
            string.Create(CultureInfo.InvariantCulture, $"{status.WriteBacksPending} wait to be told to the EMR, {status.WriteBacksParked} were refused and wait for you."),
            ["Exam", "Written", "Attempts", "Why it was refused"],
            parked.Select(entry => new[] { Text(entry.OrderKey), Time(entry.CreatedAt), Number(entry.Attempts), Text(entry.ParkedReason) }),
            parked.Count > 0 ? Button("write-backs/replay", "Tell the EMR again") : "");
    }

    private static string Button(string action, string words) =>
        $"<form method=\"post\" action=\"{Path}/{action}\"><button>{words}</button></form>\n";

    private static void Table(StringBuilder html, string id, string title, string about, string[] heads, IEnumerable<string[]> rows, string after = "")
    {
        html.Append($"<section><h2 id=\"{id}\">{title}</h2>\n<p class=\"about\">{about}</p>\n");
        html.Append($"<div class=\"scroll\" role=\"region\" aria-labelledby=\"{id}\" tabindex=\"0\"><table><thead><tr>");
        html.Append(string.Concat(heads.Select(head => $"<th scope=\"col\">{head}</th>"))).Append("</tr></thead><tbody>\n");
        var any = false;
        foreach (var row in rows)
        {
            any = true;
            html.Append($"<tr><th scope=\"row\">{row[0]}</th>").Append(string.Concat(row.Skip(1).Select(cell => $"<td>{cell}</td>"))).Append("</tr>\n");
        }
        if (!any)
            html.Append(CultureInfo.InvariantCulture, $"<tr><td class=\"empty\" colspan=\"{heads.Length}\">There are none.</td></tr>\n");
        html.Append("</tbody></table></div>\n").Append(after).Append("</section>\n");
    }

    private static string Frame(EmrStatus status, string sections)
    {
        var (state, sentence) = status switch
        {
            { Enabled: false } => ("healthy", "This gateway has no EMR. Set EMR_SERVER, or EMR_DSN, and EmrSync__Preset; .env.example explains them."),
            // Said while the next one runs too: that one may take long, and fail again
            { LastRun.Failure: { } failure } => ("degraded", $"The last sync failed at {failure} The worklist is served as it is."),
            { Running: true } => ("healthy", "A sync runs now."),
            { LastRun: null } => ("degraded", "No sync has ended yet."),
            _ => ("healthy", string.Create(CultureInfo.InvariantCulture, $"The worklist is in step with the EMR, as of {status.LastRun!.StartedAt:yyyy-MM-dd HH:mm:ss} UTC.")),
        };
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Gantry EMR sync</title>
            <link rel="icon" href="/favicon.svg" type="image/svg+xml">
            <link rel="stylesheet" href="/admin.css">
            </head>
            <body>
            <a class="skip" href="#main">Skip to the sync</a>
            <header>
              <h1>Gantry EMR sync</h1>
              <p class="health {state}" role="status">{Text(sentence)}</p>
              <a href="{Path}">Load again</a>
            </header>
            <main id="main" tabindex="-1">
            {sections}</main>
            <footer><nav aria-label="Other pages"><a href="/">Worklist</a> <a href="/archive">Archive</a> <a href="/api">API</a> <a href="/health">Health</a></nav></footer>
            </body>
            </html>
            """;
    }

    private static string Time(DateTimeOffset? time) => time is { } at ? string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC") : "";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(string? text) => HtmlEncoder.Default.Encode(text ?? "");
}
