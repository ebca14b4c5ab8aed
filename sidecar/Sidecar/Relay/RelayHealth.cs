using System.Text;
using System.Text.Json;
using Gantry.Contracts;
using Gantry.Relay;
using Gantry.Sidecar.Health;
using Gantry.Sidecar.Settings;

namespace Gantry.Sidecar.Relay;

/// <summary>The relay in <c>/health</c>: an echo through our own hybrid connection, out to the relay and back in.</summary>
internal sealed class RelayHealth(RelayEndpoints endpoints, SidecarSettings settings, TimeProvider time) : IHealthProbe
{
    private const string Name = "relay";

    private readonly RelaySender _sender = new(
        new() { Endpoint = endpoints.Actions, RendezvousTimeout = settings.Web.HealthTimeout, ReplyTimeout = settings.Web.HealthTimeout }, time);

    public async Task<HealthCheck?> CheckAsync(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(settings.Web.HealthTimeout);
        try
        {
            var word = Guid.NewGuid().ToString();
            var reply = ActionReply.Parse((await _sender.SendAsync(Question(word), limit.Token)).Span);
            return reply.Value?.Payload is { ValueKind: JsonValueKind.String } payload && payload.GetString() == word
                ? new(Name, HealthReport.Healthy, Elapsed(start))
                : Bad(start, "await reply", "Another than a gateway answers on our hybrid connection. Check AZURE_RELAY_HYBRID_CONNECTION.");
        }
        catch (RelayException error)
        {
            return Bad(start, error.Phase.Words(), error.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Bad(start, "await reply", $"No echo within {settings.Web.HealthTimeout.TotalSeconds} s.");
        }
    }

    private static byte[] Question(string word) =>
        new GatewayAction.Echo(JsonDocument.Parse(Encoding.UTF8.GetBytes($"\"{word}\"")).RootElement) { SourceSystem = "gateway-health" }.ToJson();

    private HealthCheck Bad(long start, string phase, string reason) => new(Name, HealthReport.Degraded, Elapsed(start), phase, reason);

    private double Elapsed(long start) => Math.Round(time.GetElapsedTime(start).TotalMilliseconds, 2);
}
