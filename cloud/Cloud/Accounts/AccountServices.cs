using System.Threading.RateLimiting;
using Gantry.Cloud.Data;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;

namespace Gantry.Cloud.Accounts;

/// <summary>Who may do what: cookies by ASP.NET Core Identity, everything closed unless it says otherwise.</summary>
internal static class AccountServices
{
    public const string SignInLimit = "sign-in";
    public const int ShortestPassword = 12;

    public static void AddAccounts(this IServiceCollection services, CloudSettings settings)
    {
        var secure = settings.Demo ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        services.AddIdentity<User, IdentityRole<Guid>>(options =>
        {
            // Length counts; rules about kinds of characters make passwords worse
            options.Password.RequiredLength = ShortestPassword;
            options.Password.RequireDigit = options.Password.RequireLowercase = false;
            options.Password.RequireUppercase = options.Password.RequireNonAlphanumeric = false;
            options.Lockout.MaxFailedAccessAttempts = 5;
            options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(10);
            options.User.RequireUniqueEmail = true;
        }).AddEntityFrameworkStores<CloudDb>();
        services.ConfigureApplicationCookie(cookie =>
        {
            cookie.Cookie.Name = "gantry";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = secure;
            cookie.ExpireTimeSpan = TimeSpan.FromHours(10);
            cookie.SlidingExpiration = true;
            cookie.LoginPath = "/sign-in";
            cookie.AccessDeniedPath = "/not-allowed";
            cookie.ReturnUrlParameter = "returnUrl";
            var validate = cookie.Events.OnValidatePrincipal;
            cookie.Events.OnValidatePrincipal = async context =>
            {
                try
                {
                    await validate(context);
                }
                catch (Exception error) when (DatabaseAbsence.Reason(error) is not null)
                {
                    // The cookie is ours, and whatever it opens needs the database as well and says so in its own way
                }
            };
            var toPage = cookie.Events.OnRedirectToLogin;
            cookie.Events.OnRedirectToLogin = context =>
            {
                if (!context.Request.Path.StartsWithSegments("/api"))
                    return toPage(context);
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return Task.CompletedTask;
            };
        });
        // Somebody who was removed is out after at most this long
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.FromMinutes(1));
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "gantry-form";
            options.Cookie.SecurePolicy = secure;
            options.HeaderName = "RequestVerificationToken";
        });
        services.AddAuthorization(options =>
        {
            options.FallbackPolicy = options.DefaultPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireRole(Roles.Clinic, Roles.Admin).Build();
            options.AddPolicy(Roles.Admin, policy => policy.RequireRole(Roles.Admin));
        });
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = RequestLimit.RejectAsync;
            limiter.GlobalLimiter = RequestLimit.Of(settings.RequestsPerMinute);
            limiter.AddPolicy(SignInLimit, context => HttpMethods.IsPost(context.Request.Method)
                ? RateLimitPartition.GetFixedWindowLimiter(context.Connection.RemoteIpAddress?.ToString() ?? "", _ => new() { PermitLimit = settings.SignInsPerMinute, Window = TimeSpan.FromMinutes(1) })
                : RateLimitPartition.GetNoLimiter(""));
        });
    }
}
