using Gantry.Audit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Gantry.Cloud.Accounts;

/// <summary>Sign-in. The answer does not tell whether an address is known; a locked account looks the same for others.</summary>
[AllowAnonymous, EnableRateLimiting(AccountServices.SignInLimit)]
internal sealed class SignInModel(SignInManager<User> signIn, CloudSettings settings, Auditor auditor, ILogger<SignInModel> logger) : PageModel
{
    [BindProperty(Name = "email")]
    public string? Email { get; set; }

    [BindProperty(Name = "password")]
    public string? Password { get; set; }

    [BindProperty(Name = "returnUrl", SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public string? Problem { get; private set; }

    public bool IsDemo => settings.Demo;

    public async Task<IActionResult> OnPostAsync()
    {
        var result = string.IsNullOrEmpty(Email) || string.IsNullOrEmpty(Password) || Email.Length > 256 || Password.Length > 256 || Email.Contains('\0', StringComparison.Ordinal)
            ? Microsoft.AspNetCore.Identity.SignInResult.Failed
            : await signIn.PasswordSignInAsync(Email, Password, isPersistent: false, lockoutOnFailure: true);
        if (result.Succeeded)
        {
            if (await signIn.UserManager.FindByNameAsync(Email!) is { } user)
            {
                Log.SignedIn(logger, user.Id);
                auditor.Record(events => events.SignIn(Auditor.Of(HttpContext, user.UserName)));
            }
            return Url.IsLocalUrl(ReturnUrl) ? LocalRedirect(ReturnUrl!) : Redirect("/clinics");
        }
        Log.SignInRefused(logger, result.IsLockedOut ? "locked" : "no match", HttpContext.Connection.RemoteIpAddress?.ToString() ?? "-");
        if (auditor.IsOn)
            await TellRefusalAsync(result.IsLockedOut ? "the account is locked" : "name or password are wrong");
        Problem = "The email address or the password is not right. After five attempts an account is locked for ten minutes.";
        return Page();
    }

    /// <summary>What was typed may be a password: only an account that there is is named.</summary>
    private async Task TellRefusalAsync(string reason)
    {
        var user = Email is { Length: > 0 and <= 256 } name && !name.Contains('\0', StringComparison.Ordinal) ? await signIn.UserManager.FindByNameAsync(name) : null;
        auditor.Record(events => events.SignIn(Auditor.Of(HttpContext, user?.UserName ?? "unknown"), refusal: reason));
    }
}
