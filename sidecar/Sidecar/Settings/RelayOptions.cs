using System.ComponentModel.DataAnnotations;
using Gantry.Relay;

namespace Gantry.Sidecar.Settings;

/// <summary>Section <c>Relay</c>: the way to the cloud, Azure Relay or the relay that the cloud web app carries in itself.</summary>
internal sealed class RelayOptions : IValidatableObject
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

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsConfigured())
            yield break;
        if (!IsNamespace(Namespace))
        {
            yield return new(
                "a relay is wanted: contoso, contoso.servicebus.windows.net, or an address such as ws://localhost:8000 without a path",
                [nameof(Namespace)]);
        }
        foreach (var (name, value) in new[] { (nameof(HybridConnection), HybridConnection), (nameof(EventsHybridConnection), EventsHybridConnection) })
        {
            if (string.IsNullOrWhiteSpace(value) || value.StartsWith('/') || value.EndsWith('/') || value.AsSpan().IndexOfAny('?', '#', ' ') >= 0)
                yield return new("the name of a hybrid connection is wanted, without slashes at its ends", [name]);
        }
        if (HybridConnection == EventsHybridConnection)
            yield return new("it must be another one than Relay:HybridConnection, or we would hear our own events", [nameof(EventsHybridConnection)]);
        if (string.IsNullOrWhiteSpace(KeyName))
            yield return new("a relay is set, so the name of a shared access key is needed (AZURE_RELAY_KEY_NAME)", [nameof(KeyName)]);
        if (string.IsNullOrWhiteSpace(SharedAccessKey))
            yield return new("a relay is set, so its shared access key is needed (AZURE_RELAY_SHARED_ACCESS_KEY)", [nameof(SharedAccessKey)]);
    }

    private static bool IsNamespace(string text)
    {
        try
        {
            return RelayEndpoint.ParseNamespace(text).Host.Length > 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
