using Gantry.Cloud.Appointments;
using Gantry.Cloud.Data;
using Microsoft.EntityFrameworkCore;

namespace Gantry.Cloud.Live;

/// <summary>The statuses and images of a clinic as JSON and as event streams: contracts.md section 6.</summary>
internal static class LiveEndpoints
{
    public static void AddLive(this IServiceCollection services)
    {
        services.AddSingleton<Signals>();
        services.AddSingleton<LiveHub>();
        services.AddSingleton<LiveOrder>();
        services.AddSingleton<LiveStream>();
        services.AddSingleton<Notifications>();
        services.AddHostedService(provider => provider.GetRequiredService<Notifications>());
        services.AddHostedService<LiveReader>();
    }

    public static void MapLive(this IEndpointRouteBuilder endpoints)
    {
        var clinic = endpoints.MapGroup("/api/clinic/{clinicId:guid}").RequireAuthorization();
        clinic.MapGet("/statuses", StatusesAsync);
        clinic.MapGet("/statuses/stream", (HttpContext context, Guid clinicId, LiveStream stream, CloudDb database) => stream.ServeAsync(
            context, clinicId, happened => happened.Type == LiveEvent.StatusChange, token => database.Clinics.AnyAsync(each => each.Id == clinicId, token)));
        var appointment = clinic.MapGroup("/appointment/{appointmentId:guid}");
        appointment.MapGet("/images", ImagesAsync);
        MapStream(appointment, "/images/stream", LiveEvent.NewImage);
        MapStream(appointment, "/status/stream", LiveEvent.StatusChange);
    }

    private static void MapStream(RouteGroupBuilder appointment, string pattern, string type) =>
        appointment.MapGet(pattern, (HttpContext context, Guid clinicId, Guid appointmentId, LiveStream stream, CloudDb database) => stream.ServeAsync(
            context, clinicId, happened => happened.AppointmentId == appointmentId && happened.Type == type,
            token => ExistsAsync(database, clinicId, appointmentId, token)));

    private static async Task<IResult> StatusesAsync(Guid clinicId, CloudDb database, LiveOrder order, CancellationToken cancellationToken)
    {
        // The position first: what changes after it comes by the stream, perhaps a second time, but is never missed
        var position = await order.LastAsync(cancellationToken);
        if (!await database.Clinics.AnyAsync(each => each.Id == clinicId, cancellationToken))
            return Results.NotFound();
        var states = await database.Appointments.AsNoTracking().Where(each => each.Slot!.ClinicId == clinicId)
            .OrderBy(each => each.Slot!.StartsAt).Select(each => new { each.Id, each.State }).ToListAsync(cancellationToken);
        return Results.Json(new StatusList(position, [.. states.Select(each =>
            new StatusPayload(each.Id, AppointmentStates.Name(each.State), AppointmentStates.Words(each.State), AppointmentStates.Tag(each.State)))]),
            LiveJson.Default.StatusList);
    }

    private static async Task<IResult> ImagesAsync(
        Guid clinicId, Guid appointmentId, CloudDb database, LiveOrder order, CancellationToken cancellationToken)
    {
        var position = await order.LastAsync(cancellationToken);
        if (!await ExistsAsync(database, clinicId, appointmentId, cancellationToken))
            return Results.NotFound();
        var images = await database.Images.AsNoTracking()
            .Where(each => each.Series!.Study!.AppointmentId == appointmentId && each.SetAside == null)
            .OrderBy(each => each.ReceivedAt).ThenBy(each => each.Id)
            .Select(each => new ImagePayload(null, each.Id, appointmentId, each.Series!.Study!.StudyInstanceUid, each.Series.SeriesInstanceUid,
                each.SopInstanceUid, each.Laterality, each.ViewPosition, each.Thumbnail == null ? null : $"/api/image/{each.Id}/thumbnail", each.ReceivedAt))
            .ToListAsync(cancellationToken);
        return Results.Json(new ImageList(position, images), LiveJson.Default.ImageList);
    }

    private static Task<bool> ExistsAsync(CloudDb database, Guid clinic, Guid appointment, CancellationToken cancellationToken) =>
        database.Appointments.AnyAsync(each => each.Id == appointment && each.Slot!.ClinicId == clinic, cancellationToken);
}
