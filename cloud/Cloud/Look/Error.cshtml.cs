using Gantry.Cloud.Data;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Gantry.Cloud.Look;

/// <summary>One page for all that goes wrong, in words.</summary>
[AllowAnonymous, IgnoreAntiforgeryToken]
internal sealed class ErrorModel(DatabaseTrouble trouble, ILogger<ErrorModel> logger) : PageModel
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
        503 => "The database is away for the moment, or has no room left. Nothing was changed, and nothing is lost: load the page again in a few seconds; if it stays, tell an administrator.",
        _ => "The problem was noted. Try again in a moment; if it stays, tell an administrator.",
    };

    public void OnGet()
    {
        if (HttpContext.Features.Get<IExceptionHandlerPathFeature>() is { } failed)
            Tell(failed);
        if (Code is < 400 or > 599)
            Code = Response.StatusCode == StatusCodes.Status200OK
                ? StatusCodes.Status500InternalServerError : Response.StatusCode;
        if (Response.StatusCode == StatusCodes.Status200OK)
            Response.StatusCode = Code;
    }

    public void OnPost() => OnGet();

    private void Tell(IExceptionHandlerPathFeature failed)
    {
        if (trouble.Note(failed.Error, out var isNews) is not { } reason)
            Log.RequestFailed(logger, failed.Error, Request.Method, failed.Path);
        else if (isNews)
            Log.RequestRefused(logger, Request.Method, failed.Path, reason);
    }
}
