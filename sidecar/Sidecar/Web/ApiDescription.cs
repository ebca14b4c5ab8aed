using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Gantry.Sidecar.Web;

/// <summary>What the OpenAPI document says beyond what the code itself tells: what parameters mean, with an example of each.</summary>
internal static class ApiDescription
{
    private static readonly Dictionary<string, (string Words, string? Example)> Parameters = new(StringComparer.Ordinal)
    {
        ["accession"] = ("The order's accession number.", "ACC001"),
        ["accession_number"] = ("A whole accession number.", "ACC001"),
        ["cursor"] = ("What the page before gave as next; leave it out for the first page.", null),
        ["date"] = ("A day (YYYYMMDD, YYYY-MM-DD, today) or a range of days (20260101-20260131, 20260101-, -20260131).", "today"),
        ["format"] = ("png or jpeg; without it the header Accept decides.", "jpeg"),
        ["frameIndex"] = ("The frame, counted through the whole study from 0.", "0"),
        ["has_images"] = ("true: only what has images in the archive; false: only orders without images.", "true"),
        ["height"] = ("Height in pixels; the shape is kept.", "512"),
        ["id"] = ("The message's number.", "1"),
        ["limit"] = ("How many at most, 1 to 500.", "50"),
        ["modality"] = ("A modality code; may be given more than once.", "MG"),
        ["patient_id"] = ("A whole patient id.", "BS001234"),
        ["patient_name"] = ("Part of the name, or a pattern with * and ?; upper and lower case are the same.", "SMITH"),
        ["quality"] = ("Quality of a JPEG, 1 to 100.", "75"),
        ["skip"] = ("How many to pass over.", "0"),
        ["status"] = ("SCHEDULED, IN_PROGRESS, COMPLETED or DISCONTINUED; may be given more than once.", "SCHEDULED"),
        ["studyUid"] = ("The Study Instance UID.", "1.2.826.0.1.3680043.8.498.1"),
        ["take"] = ("How many at most, 1 to 1000.", "100"),
        ["value"] = ("The new status.", "COMPLETED"),
        ["width"] = ("Width in pixels; the shape is kept.", "512"),
        ["windowCenter"] = ("Centre of the window, in rescaled values such as Hounsfield units; goes with windowWidth.", "40"),
        ["windowWidth"] = ("Width of the window, at least 1; goes with windowCenter.", "400"),
    };

    public static void AddApiDescription(this IServiceCollection services) => services.AddOpenApi(options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Gantry gateway";
            document.Info.Description = "The worklist, the archive's studies and images, and the state of the gateway. Errors are problem documents (RFC 9457). "
                + "The page /api lists everything with forms to try it.";
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
                Describe(parameter);
            DescribePictures(operation, context);
            return Task.CompletedTask;
        });
    });

    private static void Describe(OpenApiParameter parameter)
    {
        if (!Parameters.TryGetValue(parameter.Name ?? "", out var known))
            return;
        parameter.Description ??= known.Words;
        parameter.Example ??= known.Example is null ? null
            : long.TryParse(known.Example, out var number) && parameter.Schema?.Type?.HasFlag(JsonSchemaType.Array) != true && IsNumber(parameter) ? JsonValue.Create(number)
            : JsonValue.Create(known.Example);
    }

    private static bool IsNumber(OpenApiParameter parameter) =>
        parameter.Schema?.Type is { } type && (type.HasFlag(JsonSchemaType.Integer) || type.HasFlag(JsonSchemaType.Number));

    /// <summary>The framework leaves answers out that have a type of content but no type of object.</summary>
    private static void DescribePictures(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        foreach (var answer in context.Description.ActionDescriptor.EndpointMetadata.OfType<IProducesResponseTypeMetadata>())
        {
            var types = answer.ContentTypes.Where(type => type.StartsWith("image/", StringComparison.Ordinal)).ToList();
            if (types.Count == 0 || operation.Responses?.GetValueOrDefault($"{answer.StatusCode}") is not OpenApiResponse response)
                continue;
            response.Content = types.ToDictionary(
                type => type, _ => new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } });
        }
    }
}
