namespace Gantry.Relay;

/// <summary>Where a relay's tokens come from: a shared key, an identity platform, a file that somebody renews.</summary>
public interface IRelayTokenProvider
{
    /// <summary>A token good for at least a while.</summary>
    /// <param name="audience">What it is for: http://NAMESPACE/PATH.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<RelayToken> GetTokenAsync(string audience, CancellationToken cancellationToken);
}

/// <summary>A token and its end.</summary>
/// <param name="Value">As it goes on the wire.</param>
/// <param name="ExpiresAt">After this the relay takes it no more.</param>
public sealed record RelayToken(string Value, DateTimeOffset ExpiresAt)
{
    /// <summary>A token is a secret: only its end is printed.</summary>
    public override string ToString() => $"token until {ExpiresAt:O}";
}
