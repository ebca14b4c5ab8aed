using System.Collections.Concurrent;

namespace Gantry.Relay;

/// <summary>Signs tokens with a shared access key. One token per audience is kept until half of its life is over.</summary>
public sealed class SharedAccessKeyTokenProvider : IRelayTokenProvider
{
    private readonly string _keyName;
    private readonly string _key;
    private readonly TimeProvider _time;
    private readonly TimeSpan _lifetime;
    private readonly ConcurrentDictionary<string, RelayToken> _tokens = new(StringComparer.Ordinal);

    /// <summary>A provider for one key.</summary>
    /// <param name="keyName">AZURE_RELAY_KEY_NAME.</param>
    /// <param name="key">AZURE_RELAY_SHARED_ACCESS_KEY.</param>
    /// <param name="time">The clock; null is the machine's.</param>
    /// <param name="lifetime">How long a token is good, at least 1 minute; null is one hour.</param>
    public SharedAccessKeyTokenProvider(string keyName, string key, TimeProvider? time = null, TimeSpan? lifetime = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(keyName);
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        _keyName = keyName;
        _key = key;
        _time = time ?? TimeProvider.System;
        _lifetime = lifetime ?? TimeSpan.FromHours(1);
        ArgumentOutOfRangeException.ThrowIfLessThan(_lifetime, TimeSpan.FromMinutes(1), nameof(lifetime));
    }

    /// <inheritdoc/>
    public ValueTask<RelayToken> GetTokenAsync(string audience, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        if (_tokens.TryGetValue(audience, out var kept) && kept.ExpiresAt - now > _lifetime / 2)
            return ValueTask.FromResult(kept);

        // Whole seconds, as the wire has them, so that both sides mean the same moment
        var end = DateTimeOffset.FromUnixTimeSeconds((now + _lifetime).ToUnixTimeSeconds());
        var token = new RelayToken(SharedAccessSignature.Create(audience, _keyName, _key, end), end);
        _tokens[audience] = token;
        return ValueTask.FromResult(token);
    }
}
