using Gantry.Audit;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Gantry.Cloud.Accounts;

/// <summary>Changes one's own password: the first one was chosen by somebody else. Whoever is signed in elsewhere by the old one is soon out.</summary>
[EnableRateLimiting(AccountServices.SignInLimit)]
internal sealed class PasswordModel(SignInManager<User> signIn, Auditor auditor) : PageModel
{
    [BindProperty(Name = "current")]
    public string? Current { get; set; }

    [BindProperty(Name = "wanted")]
    public string? Wanted { get; set; }

    public string? Problem { get; private set; }

    /// <summary>The field that is wrong.</summary>
    public string WrongField { get; private set; } = "";

    public bool IsChanged { get; private set; }

    public async Task OnPostAsync()
    {
        var user = await signIn.UserManager.GetUserAsync(User);
        if (user is null)
            (WrongField, Problem) = ("current", "This account is gone.");
        else if (user.IsDemo)
            (WrongField, Problem) = ("wanted", "The password of a demo user is printed at the start, and stays as it is.");
        else if (string.IsNullOrEmpty(Wanted) || Wanted.Length is < AccountServices.ShortestPassword or > 256)
            (WrongField, Problem) = ("wanted", $"A new password has at least {AccountServices.ShortestPassword} characters, and 256 at most.");
        else if (string.IsNullOrEmpty(Current) || Current.Length > 256)
            (WrongField, Problem) = ("current", "The current password is not right.");
        else
            await ChangeAsync(user, Current, Wanted);
    }

    private async Task ChangeAsync(User user, string current, string wanted)
    {
        // A wrong guess counts, as at the sign-in
        if (!(await signIn.CheckPasswordSignInAsync(user, current, lockoutOnFailure: true)).Succeeded)
        {
            (WrongField, Problem) = ("current", "The current password is not right. After five attempts an account is locked for ten minutes.");
            return;
        }
        var result = await signIn.UserManager.ChangePasswordAsync(user, current, wanted);
        if (!result.Succeeded)
        {
            (WrongField, Problem) = ("wanted", string.Join(' ', result.Errors.Select(error => error.Description)));
            return;
        }
        await signIn.RefreshSignInAsync(user);
        auditor.Record(events => events.Administration(Auditor.Of(HttpContext), "A user changed the own password", user.UserName ?? ""));
        IsChanged = true;
    }
}
