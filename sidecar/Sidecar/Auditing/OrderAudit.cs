using System.Globalization;
using Gantry.Audit;
using Gantry.Sidecar.Web;
using Gantry.Worklist;

namespace Gantry.Sidecar.Auditing;

/// <summary>Tells the audit trail what was seen and changed by <c>/api/worklist</c>.</summary>
internal sealed class OrderAudit(Auditor auditor, IWorklistStore store) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (!auditor.IsOn)
            return await next(context);
        var http = context.HttpContext;
        var who = Auditor.Of(http);
        var accession = http.GetRouteValue("accession") as string ?? http.Request.Query["accession_number"].ToString();
        // What is removed cannot be read afterwards
        var before = HttpMethods.IsGet(http.Request.Method) || accession.Length == 0 ? null : await store.GetAsync(accession, http.RequestAborted);
        var answer = await next(context);
        var result = answer is INestedHttpResult nested ? nested.Result : answer as IResult;
        var status = (result as IStatusCodeHttpResult)?.StatusCode ?? StatusCodes.Status200OK;
        switch (result)
        {
            case IValueHttpResult { Value: WorklistPage page }:
                auditor.Record(events => events.Query(who, (http.Request.Path + http.Request.QueryString).ToString(), null, null, page.Items.Count));
                break;
            case IValueHttpResult { Value: WorklistItem item }:
                auditor.Record(events => Order(events, who, HttpMethods.IsPost(http.Request.Method) ? AuditAction.Create : AuditAction.Read, item, null));
                break;
            default:
                if (before is not null)
                {
                    auditor.Record(events => Order(
                        events, who, HttpMethods.IsDelete(http.Request.Method) ? AuditAction.Delete : AuditAction.Update, before,
                        status < 400 ? null : string.Create(CultureInfo.InvariantCulture, $"Answered with status {status}")));
                }
                break;
        }
        return answer;
    }

    /// <summary>A message about an order.</summary>
    public static AuditMessage Order(AuditEvents events, AuditActor who, AuditAction action, WorklistItem item, string? failure) =>
        events.Order(who, action, new(item.PatientId ?? "", item.PatientName), item.AccessionNumber, item.StudyInstanceUid, failure);
}
