using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Gantry.Cloud.Look;

/// <summary>One page for all that goes wrong, in words.</summary>
[AllowAnonymous, IgnoreAntiforgeryToken]
internal sealed class ErrorModel : PageModel
{
    [BindProperty(SupportsGet = true, Name = "code")]
    public int Code { get; set; }

    public string Heading => Code switch
    {
        400 => "This form is out of date",
        403 => "This is not for you",
        404 => "Page not found",
        429 => "Too many attempts",
        503 => "Not available",
        _ => "Something went wrong",
    };

    public string Text => Code switch
    {
        400 => "Go back, load the page again and try once more.",
        403 => "Your account may not see this page. An administrator can change that.",
        404 => "There is nothing at this address. It may have been mistyped, or what it showed is gone.",
        429 => "Wait a minute, then try again.",
        503 => "The database is away for the moment. Nothing is lost: load the page again in a few seconds.",
        _ => "The problem was noted. Try again in a moment; if it stays, tell an administrator.",
    };

    public void OnGet()
    {
        if (Code is < 400 or > 599)
            Code = Response.StatusCode == StatusCodes.Status200OK
                ? StatusCodes.Status500InternalServerError : Response.StatusCode;
        if (Response.StatusCode == StatusCodes.Status200OK)
            Response.StatusCode = Code;
    }

    public void OnPost() => OnGet();
}
