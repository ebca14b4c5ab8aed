using System.Net.Http.Headers;
using System.Text;
using Gantry.Sidecar.Settings;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Gantry.Sidecar.Accounts;

/// <summary>Stands before a port. A person without a sign-in is led to the page for it; a program is told 401.</summary>
internal sealed class SignInGate(RequestDelegate next, AccountRole needed, SignIns signIns, SignInPage page, SidecarSettings settings)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        if (SignInPage.Owns(path))
        {
            await page.ServeAsync(context);
            return;
        }
        if (IsOpen(context, path))
        {
            await next(context);
            return;
        }
        if (context.Request.Headers.Authorization.Count > 0)
        {
            if (!TryBasic(context, out var refusal))
            {
                await refusal.ExecuteAsync(context);
                return;
            }
        }
        else if ((await context.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme)).Principal is { } known)
        {
            context.User = known;
        }
        switch (signIns.RoleOf(context.User))
        {
            case null:
                await AskAsync(context);
                return;
            case { } role when role < needed:
                await TypedResults.Problem("This account may use the viewer only; an account with the role admin sees this.",
                    statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(context);
                return;
            default:
                // Someone's images: nothing on the way keeps them
                await next(context);
                return;
        }
    }

    /// <summary>What tells nothing about anybody: probes, Orthanc's web hook, the look of the page to sign in.</summary>
    private bool IsOpen(HttpContext context, string path) => (needed, path) switch
    {
        (AccountRole.Admin, "/health" or "/metrics") => settings.Accounts.OpenProbes,
        (AccountRole.Admin, "/api/orthanc/new-instance") => HttpMethods.IsPost(context.Request.Method),
        (AccountRole.Admin, "/admin.css" or "/favicon.svg") => true,
        // OHIF's name and icons, which browsers fetch without cookies
        (AccountRole.Reader, "/manifest.json") => true,
        _ => false,
    };

    private bool TryBasic(HttpContext context, out IResult refusal)
    {
        refusal = TypedResults.Problem(
            "Name or password are wrong. Send an account of Accounts:Users as HTTP Basic credentials.", statusCode: StatusCodes.Status401Unauthorized);
        if (!AuthenticationHeaderValue.TryParse(context.Request.Headers.Authorization, out var header)
            || !header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) || Decode(header.Parameter) is not { } text
            || text.IndexOf(':', StringComparison.Ordinal) is not (> 0 and var colon))
            return false;
        var result = signIns.Check(context, text[..colon], text[(colon + 1)..]);
        if (result.TooMany)
        {
            context.Response.Headers.RetryAfter = "60";
            refusal = TypedResults.Problem("Too many attempts to sign in; wait a minute.", statusCode: StatusCodes.Status429TooManyRequests);
        }
        if (result.Who is { } who)
            context.User = who;
        return result.Who is not null;
    }

    private static string? Decode(string? base64)
    {
        var bytes = new byte[base64?.Length ?? 0];
        return Convert.TryFromBase64String(base64 ?? "", bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }

    private static Task AskAsync(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Redirect($"{SignInPage.Path}?return={Uri.EscapeDataString(request.Path + request.QueryString)}");
            return Task.CompletedTask;
        }
        // A page's script would make the browser ask for a password in a window of its own
        if (!request.Headers.ContainsKey("Sec-Fetch-Mode"))
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"Gantry\", charset=\"UTF-8\"";
        return TypedResults.Problem("Nobody is signed in. Open the page in a browser and sign in, or send HTTP Basic credentials.",
            statusCode: StatusCodes.Status401Unauthorized).ExecuteAsync(context);
    }
}
