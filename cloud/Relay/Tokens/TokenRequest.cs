namespace Gantry.Relay;

/// <summary>Asks a provider for a token; whatever it fails with is a failure to authorize.</summary>
internal static class TokenRequest
{
    public static async ValueTask<RelayToken> GetAsync(RelayEndpoint endpoint, CancellationToken cancellationToken)
    {
        try
        {
            return await endpoint.Tokens.GetTokenAsync(endpoint.Audience, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RelayException(RelayPhase.Authorize, $"no token could be had ({exception.GetType().Name}).", exception);
        }
    }
}
