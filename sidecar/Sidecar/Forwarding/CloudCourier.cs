using System.Text.Json;
using Gantry.Contracts;
using Gantry.Relay;
using Gantry.Sidecar.Relay;
using Gantry.Worklist;
using Orthanc.Net;

namespace Gantry.Sidecar.Forwarding;

/// <summary>Brings messages to the cloud through connections of the relay.</summary>
internal sealed class CloudCourier(
    CloudMessages messages, RelayEndpoints endpoints, [FromKeyedServices(OutboxTarget.Cloud)] DeliveryLink link, TimeProvider time, ILogger<CloudCourier> logger) : ICourier, IAsyncDisposable
{
    private const int LongestReason = 500;

    private readonly RelayMessenger _sender = new(new() { Endpoint = endpoints.Events }, time);

    public async Task<Verdict> TryAsync(OutboxRun run, int index, CancellationToken cancellationToken)
    {
        var entry = run.Messages[index];
        try
        {
            return await messages.MakeAsync(entry, cancellationToken) is { } message
                ? await SendAsync(entry, message, cancellationToken) : new Verdict.Gone("it was deleted from the archive");
        }
        catch (JsonException error)
        {
            return new Verdict.Refused(error.Message.StartsWith("Messages of kind", StringComparison.Ordinal)
                ? error.Message : "What stands in the outbox cannot be read; another program may have written it.");
        }
        catch (OrthancConnectionException error)
        {
            return new Verdict.Later(Short(error.Message));
        }
        catch (WorklistStoreException error)
        {
            return new Verdict.Later(Short(error.Message));
        }
        catch (OrthancException error)
        {
            return new Verdict.Trouble(Short(error.Message));
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is, it must not stop the others; what it says may hold patient data
            Log.DeliveryBroke(logger, error, entry.Id, entry.Kind);
            return new Verdict.Trouble($"{error.GetType().Name}; the gateway's log has more.");
        }
    }

    public ValueTask DisposeAsync() => _sender.DisposeAsync();

    private async Task<Verdict> SendAsync(OutboxEntry entry, GatewayEvent message, CancellationToken cancellationToken)
    {
        var round = link.Round;
        Parsed<EventReply> reply;
        try
        {
            reply = EventReply.Parse((await _sender.SendAsync(message.ToJson(), cancellationToken)).Span);
        }
        catch (RelayException error) when (error.Phase is RelayPhase.AwaitReply)
        {
            // The message may be the reason, or the line: it counts for both
            link.Erred(round, error.Reason);
            return new Verdict.Trouble(Short($"{error.Phase.Words()}: {error.Reason}"));
        }
        catch (RelayException error)
        {
            link.Broke(round, error.Phase.Words(), error.Reason);
            return new Verdict.Unreachable();
        }
        catch (ArgumentException)
        {
            return new Verdict.Refused("The message is longer than the relay takes.");
        }
        if (reply.Value is not { } said)
        {
            link.Erred(round, "a reply that is no reply");
            return new Verdict.Trouble($"The cloud's reply cannot be understood: {Short(reply.Error!.Message)}");
        }
        if (said.CountsAsDelivered)
        {
            link.Worked();
            Log.Forwarded(logger, entry.Kind, entry.OrderKey, message.MessageId ?? "", said.Status);
            return new Verdict.Delivered();
        }
        if (said.Status is "unknown_status" or "unknown_event")
        {
            link.Worked();
            return new Verdict.Refused($"The cloud does not know this {(said.Status == "unknown_event" ? "kind of message" : "status")} ({said.Status}).");
        }
        var reason = Short(said.Message ?? "no reason given");
        link.Erred(round, reason);
        return new Verdict.Trouble($"The cloud answers {Short(said.Status)}: {reason}");
    }

    private static string Short(string text) => text.Length > LongestReason ? text[..LongestReason] : text;
}
