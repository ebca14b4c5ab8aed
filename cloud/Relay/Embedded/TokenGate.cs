using Microsoft.AspNetCore.Http;

namespace Gantry.Relay.Embedded;

/// <summary>What a token was found to be worth.</summary>
/// <param name="Status">200, or 401 (no token, malformed, wrong, over) or 403 (not for this path or action).</param>
/// <param name="Reason">In words, without the token.</param>
/// <param name="ExpiresAt">Its end.</param>
internal readonly record struct TokenVerdict(int Status, string Reason, DateTimeOffset ExpiresAt)
{
    public bool IsGood => Status == StatusCodes.Status200OK;
}

/// <summary>Checks tokens: shared access signatures by the keys, bearer tokens by the hook.</summary>
internal sealed class TokenGate(EmbeddedRelayOptions options, TimeProvider time)
{
    private const string Bearer = "Bearer ";

    /// <summary>The token of a request, wherever the protocol guide lets it stand.</summary>
    public static string? Find(HttpRequest request)
    {
        var inQuery = request.Query["sb-hc-token"].ToString();
        if (inQuery.Length > 0)
            return inQuery;
        var inHeader = request.Headers["ServiceBusAuthorization"].ToString();
        return inHeader.Length > 0 ? inHeader : request.Headers.Authorization.ToString() is { Length: > 0 } plain ? plain : null;
    }

    /// <summary>Checks a token.</summary>
    /// <param name="token">As it came; null when there was none.</param>
    /// <param name="path">The hybrid connection asked for.</param>
    /// <param name="ownKeys">The hybrid connection's own keys, beside those of the relay.</param>
    /// <param name="right">What is asked for.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    public async ValueTask<TokenVerdict> CheckAsync(
        string? token, string path, IReadOnlyList<RelayKey> ownKeys, RelayRights right, CancellationToken cancellationToken)
    {
        if (token is null)
            return Refuse(401, "The token is missing.");
        if (token.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return await CheckBearerAsync(token[Bearer.Length..], path, right, cancellationToken);
        if (SharedAccessSignature.TryParse(token) is not { } signature)
            return Refuse(401, "The token is malformed.");

        var key = ownKeys.Concat(options.Keys).FirstOrDefault(key => key.Name == signature.KeyName && signature.IsSignedBy(key.Key));
        if (key is null)
            return Refuse(401, "The token's signature is invalid.");
        var end = DateTimeOffset.FromUnixTimeSeconds(signature.Expiry);
        if (end <= time.GetUtcNow())
            return Refuse(401, "The token has expired.");
        if (!Covers(signature.Audience, path))
            return Refuse(403, "The token is not for this hybrid connection.");
        return key.Rights.HasFlag(right) ? new(200, "", end) : Refuse(403, $"The token does not confer the {right} right.");
    }

    private async ValueTask<TokenVerdict> CheckBearerAsync(string token, string path, RelayRights right, CancellationToken cancellationToken)
    {
        if (options.CheckBearer is not { } check)
            return Refuse(401, "This relay takes no bearer tokens.");
        return await check(token, path, right, cancellationToken) is { } end && end > time.GetUtcNow()
            ? new(200, "", end) : Refuse(401, "The bearer token was refused.");
    }

    /// <summary>
    /// A token for a path covers what lies below it; one without a path covers all. The host in it is not looked at: the key is
    /// this relay's alone, and the relay is known by many names (localhost, a container's, the public one).
    /// </summary>
    private static bool Covers(string audience, string path)
    {
        if (!Uri.TryCreate(audience, UriKind.Absolute, out var uri))
            return false;
        var covered = Uri.UnescapeDataString(uri.AbsolutePath).Trim('/');
        return covered.Length == 0 || path.Equals(covered, StringComparison.OrdinalIgnoreCase)
            || path.StartsWith($"{covered}/", StringComparison.OrdinalIgnoreCase);
    }

    private static TokenVerdict Refuse(int status, string reason) => new(status, reason, default);
}
