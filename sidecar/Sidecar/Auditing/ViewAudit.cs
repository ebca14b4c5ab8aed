using System.Text.RegularExpressions;
using Gantry.Worklist;
using Microsoft.Extensions.Caching.Memory;

namespace Gantry.Sidecar.Auditing;

/// <summary>
/// Tells the audit trail whose images were looked at and which lists of studies were asked for, on the viewer's port and by REST. A viewer
/// asks for a study in hundreds of requests: it is told once for each person and study, and again after a quarter of an hour.
/// </summary>
internal sealed partial class ViewAudit(RequestDelegate next, Auditor auditor, IWorklistStore store) : IDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(15);

    private readonly MemoryCache _told = new(new MemoryCacheOptions { SizeLimit = 100_000 });

    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        if (!auditor.IsOn || context.Response.StatusCode >= 400)
            return;
        var path = context.Request.Path.Value ?? "";
        if (StudyOf(context.Request, path) is { } study)
            await ViewedAsync(context, study);
        else if (HttpMethods.IsGet(context.Request.Method) && IsList(path))
            auditor.Record(events => events.Query(Auditor.Of(context), path + context.Request.QueryString, null, null, -1));
    }

    public void Dispose() => _told.Dispose();

    private static bool IsList(string path) =>
        path.TrimEnd('/') is "/dicom-web/studies" or "/dicom-web/series" or "/dicom-web/instances" or "/api/pacs/studies" or "/api/pacs/unified-studies" or "/api/dicom/studies"
            or "/archive" or "/emr" or "/api/set-aside" or "/api/unscheduled-exams" or "/api/emr/set-aside"
        || path.EndsWith("/parked", StringComparison.Ordinal) || path.EndsWith("/waiting", StringComparison.Ordinal);

    private static string? StudyOf(HttpRequest request, string path) =>
        StudyPath().Match(path) is { Success: true } match ? match.Groups["uid"].Value
        : path == "/wado" && request.Query["studyUID"].ToString() is { Length: > 0 and <= 64 } uid ? uid : null;

    private async Task ViewedAsync(HttpContext context, string study)
    {
        var who = Auditor.Of(context);
        if (_told.TryGetValue((who, study), out _))
            return;
        _told.Set((who, study), true, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = Again, Size = 1 });
        WorklistItem? order = null;
        try
        {
            var orders = await store.FindAsync(new WorklistFilter { Criteria = new() { StudyInstanceUids = [study] }, Take = 1 }, CancellationToken.None);
            order = orders is [var first, ..] ? first : null;
        }
        catch (WorklistStoreException)
        {
            // Told all the same, by the study alone
        }
        auditor.Record(events => events.Viewed(who, study, new(order?.PatientId ?? "", order?.PatientName)));
    }

    [GeneratedRegex(@"^/(?:dicom-web|api/dicom)/studies/(?<uid>[0-9.]{1,64})(?:/|$)", RegexOptions.CultureInvariant)]
    private static partial Regex StudyPath();
}
