using Gantry.Sidecar.Settings;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;

namespace Gantry.Sidecar.Accounts;

/// <summary>Signing in: one cookie for the viewer's port and the pages' port, Basic for scripts.</summary>
internal static class AccountServices
{
    public static void AddAccounts(this IServiceCollection services, SidecarSettings settings)
    {
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, AccountJson.Default));
        if (!settings.Accounts.Enabled)
            return;
        services.AddSingleton<SignIns>();
        services.AddSingleton<SignInPage>();
        var folder = KeyFolder(settings.Accounts);
        services.AddDataProtection().PersistKeysToFileSystem(folder).SetApplicationName("gantry-sidecar");
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "gantry-form";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.FormFieldName = "token";
            // The gateway's own headers say it
            options.SuppressXFrameOptionsHeader = true;
        });
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(options =>
        {
            options.Cookie.Name = "gantry";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.ExpireTimeSpan = settings.Accounts.SessionTime;
            options.SlidingExpiration = true;
        });
    }

    /// <exception cref="SettingsException">It cannot be made, or not be kept from others.</exception>
    private static DirectoryInfo KeyFolder(AccountsOptions accounts)
    {
        try
        {
            var folder = Directory.CreateDirectory(Path.GetFullPath(accounts.KeyFolder));
            if (!OperatingSystem.IsWindows())
                folder.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            return folder;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([new("Accounts:KeyFolder", accounts.KeyFolder, null,
                $"the folder cannot be made, or belongs to somebody else ({error.Message.TrimEnd('.')}); name one that {Environment.UserName} may write")]);
        }
    }

    /// <summary>Lets in who has signed in and may see what comes after; shows others the page to sign in.</summary>
    /// <param name="app">Where it stands in the way.</param>
    /// <param name="settings">What was set.</param>
    /// <param name="role">What it takes to come through.</param>
    public static void UseAccounts(this IApplicationBuilder app, SidecarSettings settings, AccountRole role)
    {
        if (settings.Accounts.Enabled)
            app.UseMiddleware<SignInGate>(role);
    }
}
