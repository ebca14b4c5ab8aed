using System.Collections.Concurrent;

namespace Gantry.Relay.Embedded;

/// <summary>How one hybrid connection is at a moment.</summary>
/// <param name="Path">Its name.</param>
/// <param name="Listeners">Registered listeners.</param>
/// <param name="Connections">Senders joined or waiting.</param>
/// <param name="Relayed">Connections joined since the start.</param>
public sealed record HybridConnectionStatus(string Path, int Listeners, int Connections, long Relayed);

/// <summary>
/// The hybrid connections of the embedded relay: those of its options, and those that come and go while it runs (one per
/// gateway, say).
/// </summary>
public sealed class EmbeddedRelay
{
    private readonly ConcurrentDictionary<string, HybridConnection> _connections = new(StringComparer.OrdinalIgnoreCase);
    private readonly EmbeddedRelayOptions _options;

    /// <summary>A relay with the hybrid connections of its options.</summary>
    /// <param name="options">Keys, hybrid connections, limits.</param>
    /// <exception cref="ArgumentException">A path or a key is no good; the text names it.</exception>
    public EmbeddedRelay(EmbeddedRelayOptions options)
    {
        _options = options;
        CheckKeys(options.Keys);
        foreach (var definition in options.HybridConnections)
            Define(definition);
    }

    /// <summary>Every hybrid connection, by path.</summary>
    public IReadOnlyList<HybridConnectionStatus> Status =>
        [.. _connections.Values.Select(each => new HybridConnectionStatus(each.Definition.Path, each.Listeners, each.Connections, each.Relayed))
            .OrderBy(status => status.Path, StringComparer.OrdinalIgnoreCase)];

    internal EmbeddedRelayOptions Options => _options;

    /// <summary>Senders waiting for their listener, by the secret in its address.</summary>
    internal ConcurrentDictionary<string, Rendezvous> Waiting { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds a hybrid connection, or puts a new definition in the place of the old one, whose listeners must register again.</summary>
    /// <exception cref="ArgumentException">Its path or a key is no good; the text names it.</exception>
    public void Define(HybridConnectionDefinition definition)
    {
        if (definition.Path.Length is 0 or > 260 || definition.Path.Split('/').Any(part => part.Length == 0 || part.Any(char.IsControl)))
            throw new ArgumentException($"'{definition.Path}' is no hybrid connection's path: names with single slashes between them, at most 260 characters.", nameof(definition));
        CheckKeys(definition.Keys);
        Remove(definition.Path);
        _connections[definition.Path] = new(definition, _options);
    }

    /// <summary>Takes a hybrid connection away and closes its listeners' channels; false when there is none.</summary>
    public bool Remove(string path)
    {
        if (!_connections.TryRemove(path, out var connection))
            return false;
        connection.Close();
        return true;
    }

    /// <summary>The hybrid connection that an address means: the longest path that it is or begins with.</summary>
    internal HybridConnection? Find(string address)
    {
        for (var path = address.Trim('/'); path.Length > 0;)
        {
            if (_connections.TryGetValue(path, out var connection))
                return connection;
            var slash = path.LastIndexOf('/');
            path = slash < 0 ? "" : path[..slash];
        }
        return null;
    }

    private static void CheckKeys(IEnumerable<RelayKey> keys)
    {
        foreach (var key in keys)
        {
            if (string.IsNullOrWhiteSpace(key.Name) || string.IsNullOrWhiteSpace(key.Key) || key.Rights == RelayRights.None)
                throw new ArgumentException($"The relay key '{key.Name}' needs a name, a secret and at least one right.", nameof(keys));
        }
    }
}
