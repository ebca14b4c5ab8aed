using Gantry.Cloud.Data;
using Gantry.Contracts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Gantry.Cloud.Accounts;

/// <summary>The users there are before an administrator makes others.</summary>
internal static class FirstUsers
{
    public const string DemoClinicEmail = "clinic@demo.test";
    public const string DemoAdminEmail = "admin@demo.test";

    /// <summary>Public on purpose: these users exist in demo mode only.</summary>
    public const string DemoPassword = KnownSecrets.DemoPassword;

    private const long Lock = 0x5553455253;

    /// <exception cref="SettingsException">Nobody could sign in.</exception>
    public static async Task EnsureAsync(IServiceProvider services, CloudSettings settings, ILogger logger)
    {
        await using var scope = services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<CloudDb>();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        var roles = scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole<Guid>>>();
        await using var transaction = await database.Database.BeginTransactionAsync();
        await database.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Lock})");
        foreach (var role in new[] { Roles.Clinic, Roles.Admin })
        {
            if (!await roles.RoleExistsAsync(role))
                Check(await roles.CreateAsync(new(role)));
        }
        if (settings.Demo)
        {
            await MakeAsync(users, DemoClinicEmail, DemoPassword, Roles.Clinic, true);
            await MakeAsync(users, DemoAdminEmail, DemoPassword, Roles.Admin, true);
            Log.DemoMode(logger);
        }
        else
        {
            await database.Users.Where(user => user.IsDemo).ExecuteDeleteAsync();
        }
        var admins = await users.GetUsersInRoleAsync(Roles.Admin);
        if (settings is { AdminEmail: { } email, AdminPassword: { } password } && admins.All(admin => admin.IsDemo))
        {
            await MakeAsync(users, email, password, Roles.Admin, false);
            Log.FirstAdminMade(logger);
        }
        else if (admins.Count == 0)
        {
            throw new SettingsException("There is no administrator yet. Set CLOUD_ADMIN_EMAIL and CLOUD_ADMIN_PASSWORD (or CLOUD_ADMIN_PASSWORD_FILE) "
                + "for the first start, or Demo__Enabled=true to look around with demo data.");
        }
        await transaction.CommitAsync();
    }

    private static async Task MakeAsync(UserManager<User> users, string email, string password, string role, bool demo)
    {
        if (await users.FindByEmailAsync(email) is not null)
            return;
        var user = new User { Id = Guid.CreateVersion7(), UserName = email, Email = email, EmailConfirmed = true, IsDemo = demo };
        Check(await users.CreateAsync(user, password));
        Check(await users.AddToRoleAsync(user, role));
    }

    private static void Check(IdentityResult result)
    {
        if (!result.Succeeded)
            throw new SettingsException($"The first user cannot be made: {string.Join(' ', result.Errors.Select(error => error.Description))}");
    }
}
