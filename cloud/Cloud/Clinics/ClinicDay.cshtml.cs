using Gantry.Audit;
using Gantry.Cloud.Appointments;
using Gantry.Cloud.Data;
using Gantry.Cloud.Gateways;
using Gantry.Cloud.Live;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Gantry.Cloud.Clinics;

internal sealed class ClinicDayModel(CloudDb database, LiveOrder order, SendToModality send, Auditor auditor) : PageModel
{
    public Clinic? Clinic { get; private set; }

    public IReadOnlyList<Appointment> Appointments { get; private set; } = [];

    /// <summary>What the page shows is at least as new as this.</summary>
    public long Position { get; private set; }

    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid clinicId, CancellationToken cancellationToken)
    {
        Position = await order.LastAsync(cancellationToken);
        Clinic = await database.Clinics.AsNoTracking().Include(clinic => clinic.Provider).FirstOrDefaultAsync(clinic => clinic.Id == clinicId, cancellationToken);
        if (Clinic is null)
            return NotFound();
        Appointments = await database.Appointments.AsNoTracking().Include(each => each.Participant).Include(each => each.Slot)
            .Where(each => each.Slot!.ClinicId == clinicId).OrderBy(each => each.Slot!.StartsAt).ToListAsync(cancellationToken);
        auditor.Record(events => events.Query(Auditor.Of(HttpContext), $"/clinic/{clinicId}", null, null, Appointments.Count));
        return Page();
    }

    public async Task<IActionResult> OnPostSendAsync(Guid clinicId, Guid appointmentId, CancellationToken cancellationToken)
    {
        var outcome = await send.SendAsync(clinicId, appointmentId, cancellationToken);
        if (outcome == SendOutcome.Sent && auditor.IsOn)
        {
            var sent = await database.Appointments.AsNoTracking().Include(each => each.Participant).FirstAsync(each => each.Id == appointmentId, cancellationToken);
            auditor.Record(events => events.Order(Auditor.Of(HttpContext), AuditAction.Create,
                new(sent.Participant!.NhsNumber, sent.Participant.DicomName), sent.AccessionNumber ?? "", null));
        }
        var problem = outcome switch
        {
            SendOutcome.Sent or SendOutcome.AlreadySent => null,
            SendOutcome.NotFound => "This clinic has no such appointment.",
            SendOutcome.NoGateway => "The provider of this clinic has no gateway, so there is no modality to send to. An administrator can set one.",
            SendOutcome.NotInThisState => "This appointment has begun or is over; it cannot be sent again.",
        };
        if (Request.Headers.Accept.ToString().Contains("application/json", StringComparison.Ordinal))
            return new JsonResult(new SendAnswer(problem is null, problem ?? "Sent to modality"), LiveJson.Default.Options);
        if (problem is null)
            return RedirectToPage(new { clinicId });
        Problem = problem;
        var page = await OnGetAsync(clinicId, cancellationToken);
        if (page is PageResult)
            Response.StatusCode = StatusCodes.Status409Conflict;
        return page;
    }
}
