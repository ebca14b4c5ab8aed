using System.Globalization;
using Gantry.Audit;
using Gantry.Cloud.Appointments;
using Gantry.Cloud.Clinics;
using Gantry.Cloud.Clinics.Import;
using Gantry.Cloud.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Gantry.Cloud.Admin;

[RequestSizeLimit(LongestFile), RequestFormLimits(MultipartBodyLengthLimit = LongestFile)]
internal sealed class ClinicsModel(CloudDb database, Auditor auditor, TimeProvider time) : PageModel
{
    /// <summary>Bytes. More than a list may have, so that a file chosen by mistake is told what is wrong with it.</summary>
    private const long LongestFile = 16 << 20;

    private const int Most = 100;

    internal sealed record Row(Guid Id, DateOnly Date, string Name, string Provider, int Appointments, bool IsUntouched);

    public IReadOnlyList<Row> Clinics { get; private set; } = [];

    /// <summary>Why a list was not taken.</summary>
    public IReadOnlyList<ImportProblem> Problems { get; private set; } = [];

    private DateOnly Today => DateOnly.FromDateTime(time.GetLocalNow().DateTime);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var today = Today;
        Clinics = await database.Clinics.AsNoTracking().Where(clinic => clinic.Date >= today).OrderBy(clinic => clinic.Date).ThenBy(clinic => clinic.Name).Take(Most)
            .Select(clinic => new Row(clinic.Id, clinic.Date, clinic.Name, clinic.Provider!.Name, clinic.Slots.Count(slot => slot.Appointment != null),
                !clinic.Slots.Any(slot => slot.Appointment != null && (slot.Appointment.State != AppointmentState.CheckedIn || slot.Appointment.AccessionNumber != null))))
            .ToListAsync(cancellationToken);
    }

    /// <summary>A list with one line, to begin with.</summary>
    public ContentResult OnGetExample() => new()
    {
        ContentType = "text/csv; charset=utf-8",
        Content = $"{AppointmentList.Heading}\r\nNorthfield Breast Screening,Mobile unit A,{Today:yyyy-MM-dd},09:00,15,999 000 1006,Jane,Smith,1965-03-15,F\r\n",
    };

    public async Task<IActionResult> OnPostImportAsync(IFormFile? file, CancellationToken cancellationToken)
    {
        if (file is null || file.Length == 0)
            return await RefuseAsync([new(1, $"The file is empty. {AppointmentList.FirstLine}")], cancellationToken);
        await using var content = file.OpenReadStream();
        var (rows, problems) = AppointmentList.Read(content, Today);
        if (problems.Count == 0 && rows.Count == 0)
            problems = [new(2, "There is no appointment below the heading.")];
        if (problems.Count > 0)
            return await RefuseAsync(problems, cancellationToken);
        var result = await new ClinicImport(database, time).StoreAsync(rows, cancellationToken);
        if (result.Problems.Count > 0)
            return await RefuseAsync(result.Problems, cancellationToken);
        auditor.Record(events => events.Administration(
            Auditor.Of(HttpContext), "Appointments were imported", string.Create(CultureInfo.InvariantCulture, $"{result.Added} new, {result.Clinics} new clinics")));
        TempData["Said"] = Sentence(result);
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid clinic, CancellationToken cancellationToken)
    {
        var isRemoved = await database.RemoveUntouchedAsync(clinic, cancellationToken);
        if (isRemoved)
            auditor.Record(events => events.Administration(Auditor.Of(HttpContext), "A clinic was removed", $"{clinic}"));
        TempData["Said"] = isRemoved ? "The clinic was removed." : "This clinic was not removed: it is gone, or somebody of it was sent to a modality meanwhile.";
        return RedirectToPage();
    }

    private static string Sentence(ImportResult result)
    {
        var sentence = string.Create(CultureInfo.InvariantCulture, $"{result.Added} appointments were added, {result.There} stood here already; {result.Clinics} clinics are new.");
        if (result.Renamed > 0)
            sentence += string.Create(CultureInfo.InvariantCulture, $" The details of {result.Renamed} participants were brought up to date.");
        if (result.WithoutGateway.Count > 0)
            sentence += $" Choose a gateway under 'Gateways and actions' for: {string.Join(", ", result.WithoutGateway)}.";
        return sentence;
    }

    private async Task<IActionResult> RefuseAsync(IReadOnlyList<ImportProblem> problems, CancellationToken cancellationToken)
    {
        database.ChangeTracker.Clear();
        await OnGetAsync(cancellationToken);
        Problems = problems;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
