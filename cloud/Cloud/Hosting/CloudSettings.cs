using Gantry.Relay;
using Npgsql;

namespace Gantry.Cloud;

/// <summary>The settings cannot work, or the world is not as they say; the message says what to change.</summary>
internal sealed class SettingsException(string message) : Exception(message);

/// <summary>Something that we need is not there now; the message says what, and a later start may find it.</summary>
internal sealed class UnavailableException(string message) : Exception(message);

/// <summary>What was set, checked. Every name is an environment variable too; a name followed by _FILE names a file with the value.</summary>
internal sealed record CloudSettings
{
    public const string DefaultUrls = "http://127.0.0.1:8000";

    /// <summary>ConnectionStrings__Cloud.</summary>
    public required string Database { get; init; }

    /// <summary>Demo__Enabled: demo clinics and users, cookies over http.</summary>
    public bool Demo { get; init; }

    /// <summary>AZURE_RELAY_NAMESPACE; null is the relay in this host.</summary>
    public Uri? RelayNamespace { get; init; }

    /// <summary>AZURE_RELAY_HYBRID_CONNECTION: the first gateway listens there.</summary>
    public required string ActionsPath { get; init; }

    /// <summary>AZURE_RELAY_EVENTS_HYBRID_CONNECTION: the cloud listens there.</summary>
    public required string EventsPath { get; init; }

    /// <summary>AZURE_RELAY_KEY_NAME.</summary>
    public required string RelayKeyName { get; init; }

    /// <summary>AZURE_RELAY_SHARED_ACCESS_KEY.</summary>
    public required string RelayKey { get; init; }

    /// <summary>CLOUD_RELAY_PUBLIC_ADDRESS: where gateways reach the relay in this host, when a proxy hides it.</summary>
    public Uri? RelayPublicAddress { get; init; }

    /// <summary>VIEWER_URL: a study's UID is put after it.</summary>
    public required string ViewerUrl { get; init; }

    /// <summary>CLOUD_ADMIN_EMAIL.</summary>
    public string? AdminEmail { get; init; }

    /// <summary>CLOUD_ADMIN_PASSWORD.</summary>
    public string? AdminPassword { get; init; }

    /// <summary>CLOUD_SIGN_INS_PER_MINUTE: attempts of one network address.</summary>
    public required int SignInsPerMinute { get; init; }

    /// <summary>CLOUD_REQUESTS_PER_MINUTE: of one network address; 0 is no limit.</summary>
    public required int RequestsPerMinute { get; init; }

    /// <summary>CLOUD_DATABASE_WAIT: how long a start waits for a database that is away, in whole seconds.</summary>
    public required TimeSpan DatabaseWait { get; init; }

    /// <exception cref="SettingsException">Everything that is wrong, a line each.</exception>
    public static CloudSettings Read(IConfiguration configuration)
    {
        var problems = new List<string>();
        var settings = new CloudSettings
        {
            Database = Database(),
            Demo = Demo(),
            RelayNamespace = Address("AZURE_RELAY_NAMESPACE"),
            ActionsPath = Value("AZURE_RELAY_HYBRID_CONNECTION") ?? "gateway-actions",
            EventsPath = Value("AZURE_RELAY_EVENTS_HYBRID_CONNECTION") ?? "gateway-events",
            RelayKeyName = Value("AZURE_RELAY_KEY_NAME") ?? "RootManageSharedAccessKey",
            RelayKey = Required("AZURE_RELAY_SHARED_ACCESS_KEY", "the key that gateways and the cloud share"),
            RelayPublicAddress = Address("CLOUD_RELAY_PUBLIC_ADDRESS"),
            ViewerUrl = Value("VIEWER_URL") ?? "http://localhost:3000/viewer?StudyInstanceUIDs=",
            AdminEmail = Value("CLOUD_ADMIN_EMAIL"),
            AdminPassword = Value("CLOUD_ADMIN_PASSWORD"),
            SignInsPerMinute = Number("CLOUD_SIGN_INS_PER_MINUTE", 30, 1, 1_000_000),
            RequestsPerMinute = Number("CLOUD_REQUESTS_PER_MINUTE", 12_000, 0, 1_000_000),
            DatabaseWait = TimeSpan.FromSeconds(Number("CLOUD_DATABASE_WAIT", 60, 0, 86_400)),
        };
        if (!Uri.TryCreate(settings.ViewerUrl, UriKind.Absolute, out var viewer) || viewer.Scheme is not ("http" or "https"))
            problems.Add("VIEWER_URL must be an http or https address that a study's UID can be put after, such as http://localhost:3000/viewer?StudyInstanceUIDs=");
        if (string.Equals(settings.ActionsPath, settings.EventsPath, StringComparison.OrdinalIgnoreCase))
            problems.Add("AZURE_RELAY_HYBRID_CONNECTION and AZURE_RELAY_EVENTS_HYBRID_CONNECTION must be two hybrid connections: one for each direction.");
        if (settings.AdminEmail is null != settings.AdminPassword is null)
            problems.Add("CLOUD_ADMIN_EMAIL and CLOUD_ADMIN_PASSWORD (or CLOUD_ADMIN_PASSWORD_FILE) belong together: set both or none.");
        problems.AddRange(KnownPasswords.Find(settings));
        return problems.Count == 0 ? settings : throw new SettingsException(string.Join('\n', problems));

        string? Value(string name)
        {
            try
            {
                return SecretFiles.Value(configuration, name);
            }
            catch (SettingsException error)
            {
                problems.Add(error.Message);
                return "-";
            }
        }

        string Required(string name, string what)
        {
            if (Value(name) is { } value)
                return value;
            problems.Add($"{name} (or {name}_FILE) is not set: {what}.");
            return "-";
        }

        string Database()
        {
            var text = Value("ConnectionStrings:Cloud");
            try
            {
                if (text is not null && new NpgsqlConnectionStringBuilder(text).Host is { Length: > 0 })
                    return text;
            }
            catch (ArgumentException)
            {
                // The sentence below says it; the text itself holds a password
            }
            problems.Add("ConnectionStrings__Cloud must be a PostgreSQL connection string such as Host=localhost;Database=gantry_cloud;Username=gantry;Password=...");
            return "";
        }

        bool Demo()
        {
            if (Value("Demo:Enabled") is not { } text || bool.TryParse(text, out var demo) && !demo)
                return false;
            if (!bool.TryParse(text, out _))
                problems.Add("Demo__Enabled must be true or false.");
            return true;
        }

        int Number(string name, int usual, int least, int most)
        {
            if (Value(name) is not { } text)
                return usual;
            if (int.TryParse(text, out var number) && number >= least && number <= most)
                return number;
            problems.Add($"{name} must be a number from {least} to {most}.");
            return usual;
        }

        Uri? Address(string name)
        {
            if (Value(name) is not { } text)
                return null;
            try
            {
                return RelayEndpoint.ParseNamespace(text);
            }
            catch (FormatException error)
            {
                problems.Add($"{name}: {error.Message}");
                return null;
            }
        }
    }
}
