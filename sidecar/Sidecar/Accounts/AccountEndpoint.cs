using System.Security.Claims;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gantry.Sidecar.Accounts;

/// <summary>Tells a page who is signed in, so that it can offer to sign out.</summary>
internal static class AccountEndpoint
{
    public static void MapAccount(this IEndpointRouteBuilder routes) => routes.MapGet("/api/account", Who)
        .WithName("GetAccount").WithTags("State").WithSummary("Who is signed in; 204 where accounts are off.");

    private static Results<Ok<SignedInAccount>, NoContent> Who(ClaimsPrincipal user) => user.Identity is { IsAuthenticated: true, Name: { } name }
        ? TypedResults.Ok(new SignedInAccount(name, user.FindFirstValue(ClaimTypes.Role) ?? ""))
        : TypedResults.NoContent();
}

/// <summary>Somebody who is signed in.</summary>
/// <param name="Name">The account's name.</param>
/// <param name="Role">Reader or Admin.</param>
internal sealed record SignedInAccount(string Name, string Role);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SignedInAccount))]
internal sealed partial class AccountJson : JsonSerializerContext;
