using System.ComponentModel.DataAnnotations;
using Gantry.Sidecar.Accounts;

namespace Gantry.Sidecar.Settings;

/// <summary>Section <c>Accounts</c>: who may see the viewer, the pages and the REST API.</summary>
internal sealed class AccountsOptions : IValidatableObject
{
    /// <summary>False lets everybody in who reaches the ports, which then stay on this machine unless told otherwise.</summary>
    public bool Enabled { get; init; }

    /// <summary>The accounts.</summary>
    public IReadOnlyList<AccountOptions> Users { get; init; } = [];

    /// <summary>How long somebody stays signed in who does nothing.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "7.00:00:00")]
    public TimeSpan SessionTime { get; init; } = TimeSpan.FromHours(8);

    /// <summary>The folder of the keys that protect cookies; kept, so that a restart signs nobody out.</summary>
    [Required]
    public string KeyFolder { get; init; } = "accounts-keys";

    /// <summary>Sign-ins that one address, or one name, may try in a minute.</summary>
    [Range(1, 1000)]
    public int AttemptsPerMinute { get; init; } = 10;

    /// <summary>Whether <c>/health</c> and <c>/metrics</c> answer without a sign-in, for probes.</summary>
    public bool OpenProbes { get; init; } = true;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Enabled && Users.Count == 0)
        {
            yield return new(
                "accounts are on, but there is none: set Accounts:Users:0:Name, :Role (reader or admin) and :PasswordHash, which 'gantry-sidecar accounts hash' makes",
                [nameof(Users)]);
        }
        foreach (var twin in Users.GroupBy(user => user.Name, StringComparer.OrdinalIgnoreCase).Where(names => names.Count() > 1))
            yield return new($"the name '{twin.Key}' stands there {twin.Count()} times", [nameof(Users)]);
    }
}

/// <summary>An account.</summary>
internal sealed class AccountOptions
{
    /// <summary>The name that is typed; case does not count.</summary>
    [Required]
    public string Name { get; init; } = "";

    /// <summary>What may be seen.</summary>
    public AccountRole Role { get; init; } = AccountRole.Reader;

    /// <summary>What <c>accounts hash</c> printed for the password.</summary>
    [Required, Secret, PasswordHash]
    public string PasswordHash { get; init; } = "";
}

/// <summary>What <c>accounts hash</c> prints; empty is left to other rules.</summary>
internal sealed class PasswordHashAttribute() : SettingRuleAttribute("this is no hash of a password; 'gantry-sidecar accounts hash' makes one")
{
    protected override bool Allows(object value) => value is string text && (text.Length == 0 || Passwords.IsHash(text));
}
