using System.Text.RegularExpressions;
using Gantry.Audit;
using Gantry.Worklist;

namespace Gantry.Sidecar.Auditing;

/// <summary>Tells the audit trail whose images were looked at and which lists of patients were asked for, on the viewer's port and by REST.</summary>
internal sealed partial class ViewAudit(RequestDelegate next, Auditor auditor, StudyViews views, IWorklistStore store)
{
    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        if (!auditor.IsOn || context.Response.StatusCode >= 400)
            return;
        var path = context.Request.Path.Value ?? "";
        if (StudyOf(context.Request, path) is { } study)
            await views.RecordAsync(Auditor.Of(context), study, () => PatientOfAsync(study));
        else if (HttpMethods.IsGet(context.Request.Method) && (IsArchiveList(path) || context.GetEndpoint()?.Metadata.GetMetadata<ShowsPatients>() is not null))
            auditor.Record(events => events.Query(Auditor.Of(context), path + context.Request.QueryString, null, null, -1));
    }

    /// <summary>The archive's own lists, which are passed on and so are no endpoints of ours.</summary>
    private static bool IsArchiveList(string path) => path.TrimEnd('/') is "/dicom-web/studies" or "/dicom-web/series" or "/dicom-web/instances";

    private static string? StudyOf(HttpRequest request, string path) =>
        StudyPath().Match(path) is { Success: true } match ? match.Groups["uid"].Value
        : path == "/wado" && request.Query["studyUID"].ToString() is { Length: > 0 and <= 64 } uid ? uid : null;

    private async ValueTask<AuditPatient> PatientOfAsync(string study)
    {
        try
        {
            var orders = await store.FindAsync(new WorklistFilter { Criteria = new() { StudyInstanceUids = [study] }, Take = 1 }, CancellationToken.None);
            return orders is [var order, ..] ? new(order.PatientId ?? "", order.PatientName) : new("");
        }
        catch (WorklistStoreException)
        {
            // Told all the same, by the study alone
            return new("");
        }
    }

    [GeneratedRegex(@"^/(?:dicom-web|api/dicom)/studies/(?<uid>[0-9.]{1,64})(?:/|$)", RegexOptions.CultureInvariant)]
    private static partial Regex StudyPath();
}
