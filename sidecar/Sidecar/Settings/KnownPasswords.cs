using System.Data.Common;
using Gantry.Contracts;
using Gantry.Sidecar.Accounts;

namespace Gantry.Sidecar.Settings;

/// <summary>Finds passwords and keys that everybody knows. The gateway starts with them in demo mode only.</summary>
internal static class KnownPasswords
{
    private static readonly string[] PasswordWords = ["Password", "Pwd", "PSW"];
    private static readonly string[] UserWords = ["Username", "User Name", "User ID", "UID", "User"];

    /// <summary>A sentence for each; none in demo mode.</summary>
    public static IReadOnlyList<SettingsProblem> Find(SidecarSettings settings, IConfigurationRoot layers)
    {
        if (settings.Demo.Enabled)
            return [];
        var found = new List<SettingsProblem>();
        if (IsKnown(settings.Orthanc.Password, settings.Orthanc.Username))
            Add("Orthanc:Password", "this password of Orthanc's user", ", and the same for RegisteredUsers in Orthanc's configuration");
        if (IsKnown(settings.Relay.SharedAccessKey, settings.Relay.KeyName))
            Add("Relay:SharedAccessKey", "this key of the relay", ", and the same in the cloud");
        if (IsKnown(Value(settings.Worklist.Postgres, PasswordWords), Value(settings.Worklist.Postgres, UserWords)))
            Add("Worklist:Postgres", "the password in this connection string", ", and the same for the user in PostgreSQL");
        // The hospital gives these: only those of our own demo are refused
        if (KnownSecrets.IsDemo(settings.EmrSync.Password))
            Add("EmrSync:Password", "this password of the demo's EMR", "");
        if (KnownSecrets.IsDemo(Value(settings.EmrSync.Dsn, PasswordWords)))
            Add("EmrSync:Dsn", "the password in this connection string", "");
        foreach (var (at, user) in settings.Accounts.Enabled ? settings.Accounts.Users.Index() : [])
        {
            if (Passwords.Fits(user.PasswordHash, KnownSecrets.DemoPassword))
                Add(FormattableString.Invariant($"Accounts:Users:{at}:PasswordHash"), "the demo's password", "; 'gantry-sidecar accounts hash' makes it");
        }
        return found;

        void Add(string key, string what, string besides)
        {
            var name = EnvironmentNames.NameOf(key);
            found.Add(new(key, null, SettingsBinder.OriginOf(layers, key),
                $"everybody knows {what}, so only demo mode takes it; set {name} (or {name}_FILE) to one of your own{besides}"));
        }
    }

    private static bool IsKnown(string secret, string user) =>
        secret.Length > 0 && (KnownSecrets.Contains(secret) || secret.Equals(user, StringComparison.OrdinalIgnoreCase));

    /// <summary>A value of a connection string; empty where it has none, or where it is none, which its user says better.</summary>
    private static string Value(string connectionString, string[] words)
    {
        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
            return words.Select(word => parts.TryGetValue(word, out var value) ? value.ToString() : null).FirstOrDefault(value => value is not null) ?? "";
        }
        catch (ArgumentException)
        {
            return "";
        }
    }
}
