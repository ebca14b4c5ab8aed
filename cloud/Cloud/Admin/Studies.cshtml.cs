using Gantry.Audit;
using Gantry.Cloud.Appointments;
using Gantry.Cloud.Data;
using Gantry.Cloud.Studies;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Gantry.Cloud.Admin;

internal sealed class StudiesModel(CloudDb database, StudyMatch match, Auditor auditor) : PageModel
{
    private const int Most = 50;
    private const int MostChoices = 300;

    public IReadOnlyList<Study> Studies { get; private set; } = [];

    public IReadOnlyDictionary<Guid, int> ImageCounts { get; private set; } = new Dictionary<Guid, int>();

    /// <summary>The last thing told of a study's exam, by its UID.</summary>
    public IReadOnlyDictionary<string, string> Statuses { get; private set; } = new Dictionary<string, string>();

    public IReadOnlyList<Appointment> Choices { get; private set; } = [];

    public IReadOnlyList<Image> SetAside { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Studies = await database.Studies.AsNoTracking().Include(study => study.SuspectedAppointment!.Participant)
            .Where(study => study.AppointmentId == null).OrderByDescending(study => study.ReceivedAt).Take(Most).ToListAsync(cancellationToken);
        var ids = Studies.Select(study => study.Id).ToList();
        var uids = Studies.Select(study => study.StudyInstanceUid).ToList();
        ImageCounts = await database.Images.Where(image => ids.Contains(image.Series!.StudyId)).GroupBy(image => image.Series!.StudyId)
            .Select(images => new { images.Key, Count = images.Count() }).ToDictionaryAsync(each => each.Key, each => each.Count, cancellationToken);
        var told = await database.StatusEvents.AsNoTracking().Where(each => uids.Contains(each.StudyInstanceUid!)).OrderBy(each => each.Id)
            .Select(each => new { each.StudyInstanceUid, each.Status }).ToListAsync(cancellationToken);
        Statuses = told.GroupBy(each => each.StudyInstanceUid!).ToDictionary(each => each.Key, each => each.Last().Status);
        if (Studies.Count > 0)
        {
            Choices = await database.Appointments.AsNoTracking().Include(each => each.Participant).Include(each => each.Slot!.Clinic)
                .OrderByDescending(each => each.Slot!.Clinic!.Date).ThenBy(each => each.Slot!.StartsAt).Take(MostChoices).ToListAsync(cancellationToken);
        }
        SetAside = await database.Images.AsNoTracking().Where(image => image.SetAside != null).OrderByDescending(image => image.ReceivedAt)
            .Take(Most).Select(image => new Image { Id = image.Id, SeriesId = image.SeriesId, SopInstanceUid = image.SopInstanceUid, MessageId = "", SetAside = image.SetAside })
            .ToListAsync(cancellationToken);
        auditor.Record(events => events.Query(Auditor.Of(HttpContext), "/admin/studies", null, null, Studies.Count));
    }

    public async Task<IActionResult> OnPostMatchAsync(Guid study, Guid appointment, CancellationToken cancellationToken)
    {
        var isMatched = await match.AttachAsync(study, appointment, User.Identity?.Name ?? "", cancellationToken);
        if (isMatched && auditor.IsOn)
            await TellAsync(study, appointment, cancellationToken);
        TempData["Said"] = isMatched ? "The study was matched." : "The study was matched meanwhile, or no appointment was chosen.";
        return RedirectToPage();
    }

    /// <summary>Who said whose images these are.</summary>
    private async Task TellAsync(Guid study, Guid appointment, CancellationToken cancellationToken)
    {
        var uid = await database.Studies.Where(each => each.Id == study).Select(each => each.StudyInstanceUid).FirstAsync(cancellationToken);
        var found = await database.Appointments.AsNoTracking().Include(each => each.Participant).FirstAsync(each => each.Id == appointment, cancellationToken);
        auditor.Record(events => events.Procedure(Auditor.Of(HttpContext), AuditAction.Update,
            new(found.Participant!.NhsNumber, found.Participant.DicomName), uid, null, found.AccessionNumber));
    }
}
