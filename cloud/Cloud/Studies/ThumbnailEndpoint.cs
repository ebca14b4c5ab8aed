using Gantry.Audit;
using Gantry.Cloud.Data;
using Microsoft.EntityFrameworkCore;

namespace Gantry.Cloud.Studies;

/// <summary>The small pictures. One never changes, so that a browser may keep it while its user is signed in.</summary>
internal static class ThumbnailEndpoint
{
    public static void MapThumbnails(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/api/image/{id:guid}/thumbnail", async (HttpContext context, Guid id, CloudDb database, StudyViews views, CancellationToken cancellationToken) =>
        {
            var image = await database.Images.Where(each => each.Id == id).Select(each => new
            {
                each.Thumbnail, each.SetAside, each.Series!.Study!.AppointmentId, each.Series.Study.StudyInstanceUid, each.Series.Study.NhsNumber, each.Series.Study.PatientName,
            }).FirstOrDefaultAsync(cancellationToken);
            // What is not shown with an appointment is the admin's to look at
            if (image?.Thumbnail is not { } jpeg || ((image.SetAside is not null || image.AppointmentId is null) && !context.User.IsInRole(Accounts.Roles.Admin)))
                return Results.NotFound();
            await views.RecordAsync(
                Auditor.Of(context), image.StudyInstanceUid, () => ValueTask.FromResult(new AuditPatient(image.NhsNumber ?? "", image.PatientName)));
            context.Response.Headers.CacheControl = "private, max-age=86400, immutable";
            return Results.Bytes(jpeg, "image/jpeg");
        }).RequireAuthorization();
}
