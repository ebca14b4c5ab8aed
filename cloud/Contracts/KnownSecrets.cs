namespace Gantry.Contracts;

/// <summary>
/// Passwords and keys that everybody knows, because they stand in manuals, examples and demos. Both ends take them in demo mode only.
/// </summary>
public static class KnownSecrets
{
    /// <summary>What every secret of a demo begins with, so that none of them can be mistaken for a real one.</summary>
    public const string DemoPrefix = "gantry-demo";

    /// <summary>The password of the demo's users.</summary>
    public const string DemoPassword = "gantry-demo-2026";

    private static readonly HashSet<string> Usual = new(StringComparer.OrdinalIgnoreCase)
    {
        "orthanc", "gantry", "postgres", "admin", "administrator", "root", "sa", "user", "guest", "test", "demo", "default", "password", "passwd",
        "pass", "secret", "changeme", "change-me", "change_me", "changeit", "letmein", "qwerty", "12345", "123456", "12345678", "123456789",
        "1234567890", "password1", "password123", "passw0rd", "p@ssw0rd", "admin123", "your-password", "yourpassword", "yourStrong(!)Password",
        "...", "xxx", "RootManageSharedAccessKey",
    };

    /// <summary>True for a secret of the demo.</summary>
    public static bool IsDemo(string secret) => secret.Trim().StartsWith(DemoPrefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>True for a secret of the demo, or one of the words that people try first.</summary>
    public static bool Contains(string secret) => IsDemo(secret) || Usual.Contains(secret.Trim());
}
