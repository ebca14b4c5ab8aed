using Gantry.Audit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Gantry.Cloud.Accounts;

[AllowAnonymous]
internal sealed class SignOutModel(SignInManager<User> signIn, Auditor auditor) : PageModel
{
    public async Task<IActionResult> OnPostAsync()
    {
        if (User.Identity is { IsAuthenticated: true })
            auditor.Record(events => events.SignIn(Auditor.Of(HttpContext), isOut: true));
        await signIn.SignOutAsync();
        return Redirect("/sign-in");
    }
}
