using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gantry.Relay.Embedded;

/// <summary>One sender at the relay: finds it a listener, joins the two, carries what they say.</summary>
internal sealed class SenderVisit(EmbeddedRelay relay, HybridConnection hybrid, HttpContext context, ILogger logger, TimeProvider time)
{
    /// <summary>Headers that are between the sender and this relay only.</summary>
    private static readonly HashSet<string> Private = new(StringComparer.OrdinalIgnoreCase) { "Authorization", "ServiceBusAuthorization", "Cookie" };

    public async Task RunAsync(
        string path, Func<string?, WebSocketAcceptContext> acceptAs, Func<HttpContext, int, string, Task> refuseAsync, CancellationToken stopping)
    {
        using var deadline = new CancellationTokenSource(relay.Options.RendezvousTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, context.RequestAborted, stopping);
        var id = context.Request.Query["sb-hc-id"].ToString() is { Length: > 0 and <= 128 } given ? given : Guid.NewGuid().ToString();
        var passedOver = new HashSet<ListenerRegistration>();
        while (hybrid.Pick(passedOver) is { } listener)
        {
            var rendezvous = new Rendezvous();
            relay.Waiting[rendezvous.Secret] = rendezvous;
            try
            {
                var outcome = await MeetAsync(rendezvous, listener, path, id, either.Token);
                switch (outcome)
                {
                    case RendezvousOutcome.Accepted accepted:
                        await JoinAsync(accepted, acceptAs, stopping);
                        return;
                    case RendezvousOutcome.Rejected rejected:
                        await refuseAsync(context, rejected.Status, rejected.Reason);
                        return;
                    case RendezvousOutcome.Abandoned:
                        await refuseAsync(context, 504, "The listener did not come in time.");
                        return;
                    case RendezvousOutcome.Lost:
                        // It never took the connection, so another listener may have it
                        passedOver.Add(listener);
                        break;
                }
            }
            finally
            {
                relay.Waiting.TryRemove(rendezvous.Secret, out _);
                listener.Forget(rendezvous);
                rendezvous.Finish();
            }
        }
        await refuseAsync(context, 404, "There are no listeners connected for the endpoint.");
    }

    private async Task<RendezvousOutcome> MeetAsync(
        Rendezvous rendezvous, ListenerRegistration listener, string path, string id, CancellationToken cancellationToken)
    {
        try
        {
            var accept = new ControlMessage
            {
                Accept = new() { Address = AddressFor(listener, rendezvous, path, id), Id = id, ConnectHeaders = Headers() },
            };
            if (!await listener.TryOfferAsync(rendezvous, accept, cancellationToken))
                rendezvous.TryLose();
            return await rendezvous.Outcome.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // A listener that came in this very moment is not turned away
            rendezvous.TryAbandon();
            return await rendezvous.Outcome;
        }
    }

    private async Task JoinAsync(RendezvousOutcome.Accepted accepted, Func<string?, WebSocketAcceptContext> acceptAs, CancellationToken stopping)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            await WebSocketClosing.SayAsync(accepted.Socket, WebSocketCloseStatus.EndpointUnavailable, "The sender left.", CancellationToken.None);
            return;
        }
        // The sender may be told only of a protocol that it asked for
        var subProtocol = context.WebSockets.WebSocketRequestedProtocols.Contains(accepted.SubProtocol ?? "") ? accepted.SubProtocol : null;
        using var socket = await context.WebSockets.AcceptWebSocketAsync(acceptAs(subProtocol));
        hybrid.CountRelayed();
        logger.Joined(hybrid.Definition.Path, context.TraceIdentifier);
        await new SocketPump(socket, accepted.Socket, relay.Options, time).RunAsync(stopping);
    }

    /// <summary>The address the listener is to come to: the sender's own path and query, less what was for the relay.</summary>
    private string AddressFor(ListenerRegistration listener, Rendezvous rendezvous, string path, string id)
    {
        var address = new StringBuilder(listener.ReachedAt.AbsoluteUri.TrimEnd('/')).Append("/$hc");
        foreach (var part in path.Split('/'))
            address.Append('/').Append(Uri.EscapeDataString(part));
        address.Append('?');
        foreach (var (name, values) in context.Request.Query)
        {
            if (name.StartsWith("sb-hc-", StringComparison.OrdinalIgnoreCase))
                continue;
            foreach (var value in values)
                address.Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value ?? "")).Append('&');
        }
        return address.Append("sb-hc-action=accept&sb-hc-id=").Append(Uri.EscapeDataString(id))
            .Append("&sb-hc-rendezvous=").Append(rendezvous.Secret).ToString();
    }

    private Dictionary<string, string> Headers() =>
        context.Request.Headers.Where(header => !Private.Contains(header.Key))
            .ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
}
