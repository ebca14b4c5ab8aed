using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Gantry.Relay;

/// <summary>
/// The token of contracts.md section 5:
/// <c>SharedAccessSignature sr=&lt;url-encoded http://NAMESPACE/PATH&gt;&amp;sig=&lt;url-encoded base64 HMAC-SHA256 of "sr\nexpiry"&gt;&amp;se=&lt;unix expiry&gt;&amp;skn=&lt;key name&gt;</c>.
/// </summary>
internal sealed record SharedAccessSignature
{
    private const string Scheme = "SharedAccessSignature ";

    /// <summary>Longest token that is looked at, in characters.</summary>
    private const int LongestToken = 2048;

    /// <summary>As it was signed: still URL-encoded, in the signer's own spelling (%3A or %3a).</summary>
    public required string EncodedAudience { get; init; }

    public required string Signature { get; init; }

    public required long Expiry { get; init; }

    public required string KeyName { get; init; }

    /// <summary>http://NAMESPACE/PATH.</summary>
    public string Audience => Uri.UnescapeDataString(EncodedAudience);

    public static string Create(string audience, string keyName, string key, DateTimeOffset expiresAt)
    {
        var sr = Uri.EscapeDataString(audience);
        var expiry = expiresAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Uri.EscapeDataString(Convert.ToBase64String(Sign(sr, expiry, key)));
        return $"{Scheme}sr={sr}&sig={signature}&se={expiry}&skn={Uri.EscapeDataString(keyName)}";
    }

    public static SharedAccessSignature? TryParse(string token)
    {
        if (token.Length > LongestToken || !token.StartsWith(Scheme, StringComparison.Ordinal))
            return null;
        string? sr = null, sig = null, se = null, skn = null;
        foreach (var pair in token[Scheme.Length..].Split('&'))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                return null;
            var value = pair[(equals + 1)..];
            switch (pair[..equals])
            {
                case "sr": sr = value; break;
                case "sig": sig = Uri.UnescapeDataString(value); break;
                case "se": se = value; break;
                case "skn": skn = Uri.UnescapeDataString(value); break;
            }
        }
        return sr is not null && sig is not null && skn is not null
            && long.TryParse(se, NumberStyles.None, CultureInfo.InvariantCulture, out var expiry)
            && expiry <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? new() { EncodedAudience = sr, Signature = sig, Expiry = expiry, KeyName = skn }
            : null;
    }

    /// <summary>Whether the holder of this key signed it; takes the same time whatever differs.</summary>
    public bool IsSignedBy(string key)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes + 3];
        return Convert.TryFromBase64String(Signature, given, out var length)
            && CryptographicOperations.FixedTimeEquals(given[..length], Sign(EncodedAudience, Expiry.ToString(CultureInfo.InvariantCulture), key));
    }

    private static byte[] Sign(string sr, string expiry, string key) =>
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes($"{sr}\n{expiry}"));
}
