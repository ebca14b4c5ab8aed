namespace Gantry.Relay;

/// <summary>Tokens of an identity platform (Microsoft Entra ID and the like), which somebody else fetches.</summary>
/// <param name="fetch">Gives the bare access token and its end.</param>
public sealed class BearerTokenProvider(Func<string, CancellationToken, ValueTask<RelayToken>> fetch) : IRelayTokenProvider
{
    /// <inheritdoc/>
    public async ValueTask<RelayToken> GetTokenAsync(string audience, CancellationToken cancellationToken)
    {
        var token = await fetch(audience, cancellationToken);
        return token with { Value = $"Bearer {token.Value}" };
    }
}
