using Gantry.Audit;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Gantry.Sidecar.Accounts;

/// <summary>The pages to sign in and out, the same on both ports. They need no script.</summary>
internal sealed class SignInPage(SignIns signIns, IAntiforgery antiforgery, Auditor auditor, ILogger<SignInPage> logger)
{
    public const string Path = "/sign-in";
    private const string OutPath = "/sign-out";
    private const string StylePath = "/sign-in.css";

    /// <summary>A form is a few fields; more is not read.</summary>
    private const long LongestForm = 16 * 1024;

    public static bool Owns(string path) => path is Path or OutPath or StylePath;

    public Task ServeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        return (context.Request.Path.Value, context.Request.Method) switch
        {
            (StylePath, "GET") => StyleAsync(context),
            (Path, "GET") => ShowAsync(context, SignInHtml.SignIn(Return(context.Request.Query["return"]), Token(context), error: null)),
            (Path, "POST") => SignInAsync(context),
            (OutPath, "GET") => ShowOutAsync(context),
            (OutPath, "POST") => SignOutAsync(context),
            _ => TypedResults.StatusCode(StatusCodes.Status405MethodNotAllowed).ExecuteAsync(context),
        };
    }

    private async Task SignInAsync(HttpContext context)
    {
        if (await FormAsync(context) is not { } form)
            return;
        var name = form["name"].ToString();
        var target = Return(form["return"]);
        var result = signIns.Check(context, name, form["password"].ToString());
        if (result.Who is not { } who)
        {
            // The address only: what was typed as a name may be a password
            Log.SignInRefused(logger, context.Connection.RemoteIpAddress, result.TooMany ? "too many attempts" : "name or password are wrong");
            if (result.TooMany)
                context.Response.Headers.RetryAfter = "60";
            context.Response.StatusCode = result.TooMany ? StatusCodes.Status429TooManyRequests : StatusCodes.Status401Unauthorized;
            await ShowAsync(context, SignInHtml.SignIn(target, Token(context),
                result.TooMany ? "There were too many attempts. Wait a minute and try again." : "Name or password are wrong."));
            return;
        }
        await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, who);
        Log.SignedIn(logger, who.Identity!.Name!, context.Connection.RemoteIpAddress);
        context.Response.Redirect(target);
    }

    private async Task ShowOutAsync(HttpContext context)
    {
        context.User = (await context.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme)).Principal ?? context.User;
        await ShowAsync(context, SignInHtml.SignOut(context.User.Identity?.Name, Token(context)));
    }

    private async Task SignOutAsync(HttpContext context)
    {
        context.User = (await context.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme)).Principal ?? context.User;
        if (await FormAsync(context) is null)
            return;
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        auditor.Record(events => events.SignIn(Auditor.Of(context), isOut: true));
        context.Response.Redirect(Path);
    }

    /// <summary>The form, if it is one of our own pages'; otherwise the answer says what to do.</summary>
    private async Task<IFormCollection?> FormAsync(HttpContext context)
    {
        if (context.Request.HasFormContentType && context.Request.ContentLength is <= LongestForm && await antiforgery.IsRequestValidAsync(context))
            return await context.Request.ReadFormAsync(context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        await ShowAsync(context, SignInHtml.SignIn("/", Token(context), "That form was not this page's, or was open too long. Please try again."));
        return null;
    }

    private string Token(HttpContext context) => antiforgery.GetAndStoreTokens(context).RequestToken!;

    private static Task ShowAsync(HttpContext context, string html)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(html, context.RequestAborted);
    }

    private static Task StyleAsync(HttpContext context)
    {
        context.Response.ContentType = "text/css; charset=utf-8";
        return context.Response.WriteAsync(SignInHtml.Style, context.RequestAborted);
    }

    /// <summary>A way back on this port, never to somewhere else.</summary>
    private static string Return(string? asked) =>
        asked is ['/', ..] and not ['/', '/' or '\\', ..] && !asked.Any(char.IsControl) && !Owns(asked.Split('?')[0]) ? asked : "/";
}
