using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Gantry.Sidecar.Archive.Check;
using Gantry.Sidecar.Archive.Studies;
using Gantry.Sidecar.Auditing;
using Gantry.Sidecar.Settings;
using Orthanc.Net;

namespace Gantry.Sidecar.Archive.Page;

/// <summary><c>/archive</c>: how the archive is, made here as plain HTML, so that it works in every browser without a script.</summary>
internal static class ArchivePage
{
    private const int Studies = 15;

    public static void MapArchivePage(this IEndpointRouteBuilder routes) => routes.MapGet("/archive", async (
        SidecarSettings settings, ArchiveTest test, LatestStudies latest, HttpResponse response, CancellationToken cancellationToken) =>
    {
        response.Headers.CacheControl = "no-store";
        return TypedResults.Content(await WriteAsync(settings, test, latest, cancellationToken), "text/html; charset=utf-8");
    }).ExcludeFromDescription().ShowsPatients();

    private static async Task<string> WriteAsync(
        SidecarSettings settings, ArchiveTest test, LatestStudies latest, CancellationToken cancellationToken)
    {
        var html = new StringBuilder();
        if (!settings.Orthanc.Enabled)
            return Frame("healthy", "This gateway has no archive (Orthanc:Enabled is false).", "");
        var report = await test.RunAsync(settings.Web.HealthTimeout, cancellationToken);
        Counts(html, report);
        Steps(html, report);
        try
        {
            Latest(html, await latest.ReadAsync(Studies, cancellationToken));
        }
        catch (OrthancException error)
        {
            html.Append($"<section><h2>Last studies</h2><p>{Text($"They cannot be listed: {error.Message}")}</p></section>\n");
        }
        var worst = report.Worst();
        return Frame(
            worst is null ? "healthy" : "degraded",
            worst is null ? $"The archive works: Orthanc {report.Version} at {report.Url}." : $"The archive {(worst.Status == ArchiveStep.Warning ? "works, but look" : "fails")} at '{worst.Name}': {worst.Detail}",
            html.ToString());
    }

    private static void Counts(StringBuilder html, ArchiveReport report)
    {
        html.Append("<section><h2>What it holds</h2>\n");
        html.Append(report.Counts is { } counts
            ? string.Create(CultureInfo.InvariantCulture, $"<p>{counts.Patients:N0} patients, {counts.Studies:N0} studies, {counts.Series:N0} series, {counts.Instances:N0} images, {counts.DiskSize / 1e9:N1} GB.</p>\n")
            : "<p>It does not tell now.</p>\n");
        html.Append($"<p>Images go to {Text(report.Dicom)}.</p>\n");
        foreach (var note in report.Notes)
            html.Append($"<p>{Text(note)}</p>\n");
        html.Append("</section>\n");
    }

    private static void Steps(StringBuilder html, ArchiveReport report) => Table(
        html, "steps", "Test, step by step", "Each step is real traffic, made for this page. Load it again to test again.", ["Step", "Result", "Time taken", "Details"],
        report.Steps.Select(step => new[]
        {
            Text(step.Name), $"<span class=\"tag {Tag(step.Status)}\">{Text(step.Status)}</span>",
            string.Create(CultureInfo.InvariantCulture, $"{step.Milliseconds:0.##} ms"),
            Text(step.Status == ArchiveStep.Failed && step.Phase is { } phase ? $"{phase}: {step.Detail}" : step.Detail),
        }));

    private static void Latest(StringBuilder html, IReadOnlyList<ArchiveStudy> studies) => Table(
        html, "latest", "Last studies", "The studies that images came to last.",
        ["Patient", "Patient ID", "Study", "Date", "Modality", "Images", "Accession number"],
        studies.Select(study => new[]
        {
            Text(string.Join(", ", (study.PatientName ?? "").Split('=')[0].Split('^', StringSplitOptions.RemoveEmptyEntries))), Text(study.PatientId),
            $"<a href=\"{Text(study.ViewerUrl)}\">{Text(study.StudyDescription ?? "Study without a description")}<span class=\"unseen\"> of patient {Text(study.PatientId)}, open in the viewer</span></a>",
            Text(study.StudyDate is { Length: 8 } day ? $"{day[..4]}-{day[4..6]}-{day[6..]}" : study.StudyDate),
            Text(string.Join(", ", study.Modalities)), study.InstanceCount.ToString(CultureInfo.InvariantCulture), Text(study.AccessionNumber),
        }));

    private static void Table(StringBuilder html, string id, string title, string about, string[] heads, IEnumerable<string[]> rows)
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
            html.Append($"<tr><td class=\"empty\" colspan=\"{heads.Length}\">There are none.</td></tr>\n");
        html.Append("</tbody></table></div></section>\n");
    }

    private static string Frame(string state, string sentence, string sections) => $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Gantry archive</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml">
        <link rel="stylesheet" href="/admin.css">
        </head>
        <body>
        <a class="skip" href="#main">Skip to the archive</a>
        <header>
          <h1>Gantry archive</h1>
          <p class="health {state}" role="status">{Text(sentence)}</p>
          <a href="/archive">Test again</a>
        </header>
        <main id="main" tabindex="-1">
        {sections}</main>
        <footer><nav aria-label="Other pages"><a href="/">Worklist</a> <a href="/api">API</a> <a href="/health">Health</a></nav></footer>
        </body>
        </html>
        """;

    private static string Tag(string status) => status switch
    {
        ArchiveStep.Passed => "healthy",
        ArchiveStep.Failed => "unhealthy",
        _ => "degraded",
    };

    private static string Text(string? text) => HtmlEncoder.Default.Encode(text ?? "");
}
