namespace Gantry.Sidecar.Settings;

/// <summary>Section <c>Relay</c>: the way to the cloud, Azure Relay or the relay that the cloud web app carries in itself.</summary>
internal sealed class RelayOptions
{
    /// <summary>
    /// <c>contoso</c> or <c>contoso.servicebus.windows.net</c> for Azure, <c>ws://localhost:8000</c> for the embedded relay; empty is
    /// no cloud. <c>AZURE_RELAY_NAMESPACE</c>.
    /// </summary>
    public string Namespace { get; init; } = "";

    /// <summary>The hybrid connection on which we listen for the cloud's actions; <c>AZURE_RELAY_HYBRID_CONNECTION</c>.</summary>
    public string HybridConnection { get; init; } = "gateway";

    /// <summary>The hybrid connection on which we send events; <c>AZURE_RELAY_EVENTS_HYBRID_CONNECTION</c>.</summary>
    public string EventsHybridConnection { get; init; } = "events";

    /// <summary>Name of the shared access key; <c>AZURE_RELAY_KEY_NAME</c>.</summary>
    public string KeyName { get; init; } = "RootManageSharedAccessKey";

    /// <summary>The shared access key; <c>AZURE_RELAY_SHARED_ACCESS_KEY</c>.</summary>
    [Secret]
    public string SharedAccessKey { get; init; } = "";

    /// <summary>True if there is a cloud to forward to.</summary>
    public bool IsConfigured() => Namespace.Length > 0;
}
