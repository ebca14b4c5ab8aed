using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Gantry.Audit;
using Gantry.Sidecar.Settings;
using Microsoft.Extensions.Caching.Memory;

namespace Gantry.Sidecar.Accounts;

/// <summary>Checks names and passwords, and how often somebody tries.</summary>
internal sealed class SignIns(SidecarSettings settings, Auditor auditor) : IDisposable
{
    /// <summary>Scripts send their password with every request; so long a good one is not worked out anew.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly MemoryCache _good = new(new MemoryCacheOptions { SizeLimit = 1000 });
    private readonly Dictionary<string, AccountOptions> _users =
        settings.Accounts.Users.ToDictionary(user => user.Name, StringComparer.OrdinalIgnoreCase);

    private readonly PartitionedRateLimiter<string> _attempts = PartitionedRateLimiter.Create<string, string>(
        who => RateLimitPartition.GetFixedWindowLimiter(who, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = settings.Accounts.AttemptsPerMinute, Window = TimeSpan.FromMinutes(1), QueueLimit = 0,
        }));

    /// <summary>Who it is.</summary>
    /// <param name="context">The request; its address counts its attempts.</param>
    /// <param name="name">As typed.</param>
    /// <param name="password">As typed.</param>
    public SignInResult Check(HttpContext context, string name, string password)
    {
        var credentials = Fingerprint(name, password);
        if (_good.TryGetValue(credentials, out ClaimsPrincipal? known))
            return new(known, TooMany: false);
        // Counted for the address and for the name, so that neither many names nor many addresses help
        using var byAddress = _attempts.AttemptAcquire($"address {context.Connection.RemoteIpAddress}");
        using var byName = _attempts.AttemptAcquire($"name {name.ToUpperInvariant()}");
        if (!byAddress.IsAcquired || !byName.IsAcquired)
        {
            Refused("too many attempts");
            return new(null, TooMany: true);
        }
        var user = _users.GetValueOrDefault(name);
        if (!Passwords.Fits(user?.PasswordHash, password))
        {
            Refused("name or password are wrong");
            return new(null, TooMany: false);
        }
        var principal = new ClaimsPrincipal(new ClaimsIdentity(
            [new(ClaimTypes.Name, user!.Name), new(ClaimTypes.Role, user.Role.ToString())], "password"));
        _good.Set(credentials, principal, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = Remembered, Size = 1 });
        auditor.Record(events => events.SignIn(Auditor.Of(context, user.Name)));
        return new(principal, TooMany: false);

        // What was typed as a name may be a password: only a name that there is goes to the trail
        void Refused(string reason) => auditor.Record(events => events.SignIn(
            new(_users.GetValueOrDefault(name)?.Name ?? "unknown", context.Connection.RemoteIpAddress?.ToString()), refusal: reason));
    }

    /// <summary>The role that somebody has today: an account that was taken away or changed ends with the next start.</summary>
    public AccountRole? RoleOf(ClaimsPrincipal principal) =>
        principal.Identity is { IsAuthenticated: true, Name: { } name } && _users.GetValueOrDefault(name) is { } user ? user.Role : null;

    public void Dispose()
    {
        _good.Dispose();
        _attempts.Dispose();
    }

    private string Fingerprint(string name, string password) =>
        Convert.ToBase64String(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{name.Length} {name}{password}")));
}

/// <summary>What came of it.</summary>
/// <param name="Who">Who it is; null if nobody.</param>
/// <param name="TooMany">True if it was not even looked at, because there were too many attempts.</param>
internal sealed record SignInResult(ClaimsPrincipal? Who, bool TooMany);
