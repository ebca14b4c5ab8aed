using Gantry.Sidecar.Settings;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gantry.Sidecar.Archive.Check;

/// <summary><c>/api/pacs/test</c>.</summary>
internal static class CheckEndpoints
{
    public static void MapArchiveTest(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/pacs/test", TestAsync).WithTags("Archive").WithName("TestPacs").WithSummary("Whether the archive works, step by step.")
            .WithDescription(
                "Each step is real traffic: resolve, connect, REST (sign-in), version, index, DICOMweb, C-ECHO, storage. A step that failed says how "
                + "far it came and the way out. The answer is 200 whatever came out: look at status.")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Ok<ArchiveReport>> TestAsync(
        ArchiveTest test, SidecarSettings settings, CancellationToken cancellationToken) =>
        TypedResults.Ok(await test.RunAsync(settings.Web.HealthTimeout, cancellationToken));
}
