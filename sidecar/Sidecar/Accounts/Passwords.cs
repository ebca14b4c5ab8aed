using Microsoft.AspNetCore.Identity;

namespace Gantry.Sidecar.Accounts;

/// <summary>Hashes of passwords in the form of ASP.NET Core Identity, version 3: PBKDF2 with HMAC-SHA512 and a salt of its own.</summary>
internal static class Passwords
{
    /// <summary>Shorter ones are not taken.</summary>
    public const int ShortestPassword = 10;

    // The first byte of a hash of version 3
    private const byte Version3 = 1;

    private static readonly PasswordHasher<string> Hasher = new();

    /// <summary>Somebody who does not exist is checked against this, so that the time an answer takes tells nothing.</summary>
    private static readonly string Nobody = Hasher.HashPassword("", Guid.NewGuid().ToString());

    public static string Hash(string password) => Hasher.HashPassword("", password);

    /// <summary>True if the password belongs to the hash; takes as long for no hash at all.</summary>
    public static bool Fits(string? hash, string password) =>
        Hasher.VerifyHashedPassword("", hash ?? Nobody, password) != PasswordVerificationResult.Failed && hash is not null;

    /// <summary>True if a text is such a hash.</summary>
    public static bool IsHash(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length > 45 && bytes[0] == Version3;
    }
}
