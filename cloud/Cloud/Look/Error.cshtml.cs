using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Gantry.Cloud.Look;

/// <summary>One page for all that goes wrong, in words.</summary>
[AllowAnonymous, IgnoreAntiforgeryToken]
internal sealed class ErrorModel : PageModel
{
    [BindProperty(SupportsGet = true, Name = "code")]
    public int Code { get; set; } = 500;

    public string Heading => Code switch
    {
        400 => "This form is out of date",
        403 => "This is not for you",
        404 => "Page not found",
        429 => "Too many attempts",
        _ => "Something went wrong",
    };

    public string Text => Code switch
    {
        400 => "Go back, load the page again and try once more.",
        403 => "Your account may not see this page. An administrator can change that.",
        404 => "There is nothing at this address. It may have been mistyped, or what it showed is gone.",
        429 => "Wait a minute, then try again.",
        _ => "The problem was noted. Try again in a moment; if it stays, tell an administrator.",
    };

    public void OnGet()
    {
        if (Response.StatusCode == 200 && Code == 500)
            Response.StatusCode = 500;
    }

    public void OnPost() => OnGet();
}
