using Gantry.Relay;
using Gantry.Sidecar.Settings;

namespace Gantry.Sidecar.Relay;

/// <summary>The two hybrid connections, with the key of the settings. Only where a relay is set.</summary>
internal sealed class RelayEndpoints(SidecarSettings settings, TimeProvider time)
{
    private readonly SharedAccessKeyTokenProvider _tokens = new(settings.Relay.KeyName, settings.Relay.SharedAccessKey, time);

    /// <summary>The cloud sends, we listen.</summary>
    public RelayEndpoint Actions => Endpoint(settings.Relay.HybridConnection);

    /// <summary>We send, the cloud listens.</summary>
    public RelayEndpoint Events => Endpoint(settings.Relay.EventsHybridConnection);

    private RelayEndpoint Endpoint(string path) =>
        new() { Namespace = RelayEndpoint.ParseNamespace(settings.Relay.Namespace), Path = path, Tokens = _tokens };
}
