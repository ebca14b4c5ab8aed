using Gantry.Cloud.Appointments;
using Gantry.Cloud.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gantry.Cloud.Clinics;

/// <summary>Takes a clinic back that was imported by mistake, as long as nobody of it was sent to a modality.</summary>
internal static class ClinicRemoval
{
    /// <summary>False if it is gone already, or somebody was sent, or something arrived for somebody.</summary>
    public static async Task<bool> RemoveUntouchedAsync(this CloudDb database, Guid clinic, CancellationToken cancellationToken)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        try
        {
            // What was sent stays, then its slot and clinic cannot go either, and all is as before
            await database.Appointments.Where(each => each.Slot!.ClinicId == clinic && each.State == AppointmentState.CheckedIn && each.AccessionNumber == null)
                .ExecuteDeleteAsync(cancellationToken);
            await database.ClinicSlots.Where(each => each.ClinicId == clinic).ExecuteDeleteAsync(cancellationToken);
            var removed = await database.Clinics.Where(each => each.Id == clinic).ExecuteDeleteAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return removed == 1;
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            return false;
        }
    }
}
