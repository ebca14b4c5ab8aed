using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gantry.Relay.Embedded;

/// <summary>
/// Answers /$hc/PATH: the three gestures of the protocol guide (listen, connect, accept), each a WebSocket. Errors are HTTP
/// statuses with a reason: 400, 401, 403, 404, 410, 503, 504.
/// </summary>
internal sealed class RelayRequests(EmbeddedRelay relay, IHostApplicationLifetime lifetime, ILogger<EmbeddedRelay> logger, TimeProvider time)
{
    private readonly TokenGate _gate = new(relay.Options, time);

    public Task HandleAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
            return RefuseAsync(context, 400, "Only WebSockets are relayed.");
        return context.Request.Query["sb-hc-action"].ToString() switch
        {
            "listen" => ListenAsync(context),
            "connect" => ConnectAsync(context),
            "accept" => AcceptAsync(context),
            _ => RefuseAsync(context, 400, "sb-hc-action must be listen, connect or accept."),
        };
    }

    private async Task ListenAsync(HttpContext context)
    {
        var path = PathOf(context);
        var hybrid = relay.Find(path);
        var verdict = await _gate.CheckAsync(
            TokenGate.Find(context.Request), hybrid?.Definition.Path ?? path, hybrid?.Definition.Keys ?? [], RelayRights.Listen, context.RequestAborted);
        if (!verdict.IsGood)
            await RefuseAsync(context, verdict.Status, verdict.Reason);
        else if (hybrid is null || !hybrid.Definition.Path.Equals(path, StringComparison.OrdinalIgnoreCase))
            await RefuseAsync(context, 404, "There is no such hybrid connection.");
        else
            await ServeListenerAsync(context, hybrid, verdict.ExpiresAt);
    }

    private async Task ServeListenerAsync(HttpContext context, HybridConnection hybrid, DateTimeOffset tokenEnd)
    {
        // Known before it hears so: a sender that its own success brings along must find it
        var listener = new ListenerRegistration(hybrid, ReachedAt(context.Request), tokenEnd, _gate, logger, time);
        if (!hybrid.TryAdd(listener))
        {
            await RefuseAsync(context, 503, $"There are {relay.Options.MaximumListeners} listeners already.");
            return;
        }
        try
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync(AcceptContext(null));
            logger.ListenerCame(hybrid.Definition.Path, hybrid.Listeners);
            await listener.RunAsync(socket, lifetime.ApplicationStopping);
        }
        finally
        {
            listener.Leave();
        }
    }

    private async Task ConnectAsync(HttpContext context)
    {
        var path = PathOf(context);
        var hybrid = relay.Find(path);
        if (hybrid is null or { Definition.RequireSenderToken: true })
        {
            var verdict = await _gate.CheckAsync(
                TokenGate.Find(context.Request), hybrid?.Definition.Path ?? path, hybrid?.Definition.Keys ?? [], RelayRights.Send, context.RequestAborted);
            if (!verdict.IsGood)
            {
                await RefuseAsync(context, verdict.Status, verdict.Reason);
                return;
            }
        }
        if (hybrid is null)
        {
            await RefuseAsync(context, 404, "There is no such hybrid connection.");
            return;
        }
        if (!hybrid.TryEnter())
        {
            await RefuseAsync(context, 503, $"There are {relay.Options.MaximumConnections} connections already.");
            return;
        }
        try
        {
            await new SenderVisit(relay, hybrid, context, logger, time).RunAsync(path, AcceptContext, RefuseAsync, lifetime.ApplicationStopping);
        }
        finally
        {
            hybrid.Leave();
        }
    }

    /// <summary>A listener at the rendezvous: to take the connection, or to reject it.</summary>
    private async Task AcceptAsync(HttpContext context)
    {
        var query = context.Request.Query;
        if (!relay.Waiting.TryRemove(query["sb-hc-rendezvous"].ToString(), out var rendezvous))
        {
            await RefuseAsync(context, 403, "Nobody waits here, or not any more.");
            return;
        }
        if (query.ContainsKey("sb-hc-statusCode"))
        {
            var isStatus = int.TryParse(query["sb-hc-statusCode"], out var status) && status is >= 400 and <= 599;
            rendezvous.TryReject(isStatus ? status : 400, WebSocketClosing.Fit(query["sb-hc-statusDescription"].ToString()));
            await RefuseAsync(context, 410, "The sender was told.");
            return;
        }
        var subProtocol = context.WebSockets.WebSocketRequestedProtocols.FirstOrDefault();
        using var socket = await context.WebSockets.AcceptWebSocketAsync(AcceptContext(subProtocol));
        if (rendezvous.TryAccept(socket))
            await rendezvous.Finished;
        else
            await WebSocketClosing.SayAsync(socket, WebSocketCloseStatus.EndpointUnavailable, "The sender left.", context.RequestAborted);
    }

    private WebSocketAcceptContext AcceptContext(string? subProtocol) => new()
    {
        SubProtocol = subProtocol,
        KeepAliveInterval = relay.Options.KeepAliveInterval,
        KeepAliveTimeout = relay.Options.KeepAliveTimeout,
    };

    private static string PathOf(HttpContext context) => (context.GetRouteValue("path") as string ?? "").Trim('/');

    private Uri ReachedAt(HttpRequest request) =>
        relay.Options.PublicAddress ?? new Uri($"{(request.IsHttps ? "wss" : "ws")}://{request.Host.ToUriComponent()}{request.PathBase.ToUriComponent()}");

    private Task RefuseAsync(HttpContext context, int status, string reason)
    {
        logger.RelayRefused(status, reason, context.TraceIdentifier);
        context.Response.StatusCode = status;
        if (context.Features.Get<IHttpResponseFeature>() is { } response)
            response.ReasonPhrase = WebSocketClosing.Fit($"{reason} TrackingId:{context.TraceIdentifier}");
        return Task.CompletedTask;
    }
}
