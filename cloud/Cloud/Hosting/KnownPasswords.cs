using Gantry.Contracts;
using Npgsql;

namespace Gantry.Cloud;

/// <summary>Finds passwords and keys that everybody knows. The cloud starts with them in demo mode only.</summary>
internal static class KnownPasswords
{
    /// <summary>A sentence for each; none in demo mode.</summary>
    public static IEnumerable<string> Find(CloudSettings settings)
    {
        if (settings.Demo)
            yield break;
        if (IsKnown(settings.RelayKey, settings.RelayKeyName))
            yield return Sentence("AZURE_RELAY_SHARED_ACCESS_KEY", "is a key", " and in every gateway");
        if (settings.AdminPassword is { } password && IsKnown(password, settings.AdminEmail))
            yield return Sentence("CLOUD_ADMIN_PASSWORD", "is a password", "");
        if (settings.Database.Length > 0 && new NpgsqlConnectionStringBuilder(settings.Database) is var database && IsKnown(database.Password, database.Username))
            yield return Sentence("ConnectionStrings__Cloud", "holds a password", " and for the user in PostgreSQL");
    }

    private static bool IsKnown(string? secret, string? user) =>
        secret is { Length: > 0 } && (KnownSecrets.Contains(secret) || secret.Equals(user, StringComparison.OrdinalIgnoreCase));

    private static string Sentence(string name, string what, string elsewhere) =>
        $"{name} {what} that everybody knows, so only demo mode takes it: set {name} (or {name}_FILE) to one of your own here{elsewhere}.";
}
