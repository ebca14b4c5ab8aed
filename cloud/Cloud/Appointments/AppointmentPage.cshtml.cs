using Gantry.Audit;
using Gantry.Cloud.Clinics;
using Gantry.Cloud.Data;
using Gantry.Cloud.Live;
using Gantry.Cloud.Studies;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Gantry.Cloud.Appointments;

internal sealed class AppointmentPageModel(CloudDb database, CloudSettings settings, LiveOrder order, Auditor auditor, StudyViews views) : PageModel
{
    public Appointment? Appointment { get; private set; }

    public ExamView? Exam { get; private set; }

    /// <summary>What the page shows is at least as new as this.</summary>
    public long Position { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid clinicId, Guid appointmentId, CancellationToken cancellationToken)
    {
        Position = await order.LastAsync(cancellationToken);
        Exam = await ExamView.ReadAsync(database, settings, clinicId, appointmentId, cancellationToken);
        if (Exam is null)
            return NotFound();
        Appointment = await database.Appointments.AsNoTracking().Include(each => each.Participant).Include(each => each.Slot!.Clinic)
            .FirstAsync(each => each.Id == appointmentId, cancellationToken);
        await TellAsync(Appointment.Participant!, Appointment.AccessionNumber, Exam.Studies);
        return Page();
    }

    /// <summary>Who looked at whose appointment, and at the images that it shows.</summary>
    private async Task TellAsync(Participant participant, string? accession, IReadOnlyList<string> studies)
    {
        var patient = new AuditPatient(participant.NhsNumber, participant.DicomName);
        var who = Auditor.Of(HttpContext);
        auditor.Record(events => events.Order(who, AuditAction.Read, patient, accession ?? "", studies is [var first, ..] ? first : null));
        foreach (var study in studies)
            await views.RecordAsync(who, study, () => ValueTask.FromResult(patient));
    }

    /// <summary>The part that changes, for the script of the page.</summary>
    public async Task<IActionResult> OnGetExamAsync(Guid clinicId, Guid appointmentId, CancellationToken cancellationToken) =>
        await ExamView.ReadAsync(database, settings, clinicId, appointmentId, cancellationToken) is { } exam
            ? Partial("/Appointments/_Exam.cshtml", exam) : NotFound();
}
