using Gantry.Audit;

namespace Gantry.Sidecar.Auditing;

/// <summary>Tells the audit trail what an administrator did by an endpoint that changes something but no order.</summary>
internal sealed class AdministrationAudit(Auditor auditor) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var answer = await next(context);
        var http = context.HttpContext;
        var result = answer is INestedHttpResult nested ? nested.Result : answer;
        if (!HttpMethods.IsGet(http.Request.Method) && result is not IStatusCodeHttpResult { StatusCode: >= 400 })
        {
            auditor.Record(events => events.Administration(
                Auditor.Of(http), http.GetEndpoint()?.DisplayName ?? http.Request.Method, http.Request.Path.Value ?? ""));
        }
        return answer;
    }
}
