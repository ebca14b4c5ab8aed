using Gantry.Cloud.Appointments;
using Gantry.Cloud.Data;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Gantry.Cloud.Clinics;

internal sealed class ClinicListModel(CloudDb database, TimeProvider time) : PageModel
{
    private const int Most = 50;

    internal sealed record Row(Guid Id, DateOnly Date, string Name, string Provider, int Appointments, int Complete);

    public IReadOnlyList<Row> Today { get; private set; } = [];

    public IReadOnlyList<Row> Upcoming { get; private set; } = [];

    public IReadOnlyList<Row> Past { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        var all = database.Clinics.AsNoTracking();
        Today = await RowsAsync(all.Where(clinic => clinic.Date == today).OrderBy(clinic => clinic.Name), cancellationToken);
        Upcoming = await RowsAsync(all.Where(clinic => clinic.Date > today).OrderBy(clinic => clinic.Date).ThenBy(clinic => clinic.Name), cancellationToken);
        Past = await RowsAsync(all.Where(clinic => clinic.Date < today).OrderByDescending(clinic => clinic.Date).ThenBy(clinic => clinic.Name), cancellationToken);
    }

    private static Task<List<Row>> RowsAsync(IQueryable<Clinic> clinics, CancellationToken cancellationToken) =>
        clinics.Take(Most).Select(clinic => new Row(clinic.Id, clinic.Date, clinic.Name, clinic.Provider!.Name,
            clinic.Slots.Count(slot => slot.Appointment != null),
            clinic.Slots.Count(slot => slot.Appointment != null && slot.Appointment.State == AppointmentState.Complete))).ToListAsync(cancellationToken);
}
