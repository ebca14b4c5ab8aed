using Gantry.Cloud.Appointments;
using Gantry.Cloud.Data;
using Gantry.Cloud.Studies;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Gantry.Cloud.Admin;

internal sealed class StudiesModel(CloudDb database, StudyMatch match) : PageModel
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
    }

    public async Task<IActionResult> OnPostMatchAsync(Guid study, Guid appointment, CancellationToken cancellationToken)
    {
        TempData["Said"] = await match.AttachAsync(study, appointment, User.Identity?.Name ?? "", cancellationToken)
            ? "The study was matched." : "The study was matched meanwhile, or no appointment was chosen.";
        return RedirectToPage();
    }
}
