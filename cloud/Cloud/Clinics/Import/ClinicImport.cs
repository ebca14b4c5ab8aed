using Gantry.Cloud.Appointments;
using Gantry.Cloud.Data;
using Microsoft.EntityFrameworkCore;

namespace Gantry.Cloud.Clinics.Import;

/// <summary>What an import did; nothing, if there are problems.</summary>
/// <param name="Added">Appointments that are new.</param>
/// <param name="There">Appointments that stood here already.</param>
/// <param name="Clinics">Clinics that are new.</param>
/// <param name="Renamed">Participants whose name or sex was brought up to date.</param>
/// <param name="WithoutGateway">New providers for which a gateway is still to be chosen.</param>
/// <param name="Problems">Why nothing was stored.</param>
internal sealed record ImportResult(int Added, int There, int Clinics, int Renamed, IReadOnlyList<string> WithoutGateway, IReadOnlyList<ImportProblem> Problems);

/// <summary>Makes clinics and appointments of a list, all of it or nothing. The same list again changes nothing.</summary>
internal sealed class ClinicImport(CloudDb database, TimeProvider time)
{
    private const long Lock = 0x494D504F5254;

    private readonly List<ImportProblem> _problems = [];
    private readonly List<string> _withoutGateway = [];
    private int _added, _there, _clinics, _renamed;

    /// <summary>Stores them.</summary>
    /// <param name="rows">As they were read, at least one.</param>
    /// <param name="cancellationToken">Gives up; nothing is stored then.</param>
    public async Task<ImportResult> StoreAsync(IReadOnlyList<AppointmentRow> rows, CancellationToken cancellationToken)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        // Two lists at the same time would make the same clinic twice
        await database.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Lock})", cancellationToken);
        var clinics = await ClinicsAsync(rows, cancellationToken);
        var people = await PeopleAsync(rows, cancellationToken);
        foreach (var row in rows)
            Take(row, clinics[KeyOf(row)], people);
        if (_problems.Count > 0)
            return new(0, 0, 0, 0, [], _problems);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new(_added, _there, _clinics, _renamed, _withoutGateway, []);
    }

    private static (string Provider, string Clinic, DateOnly Date) KeyOf(AppointmentRow row) => (row.Provider.ToUpperInvariant(), row.Clinic.ToUpperInvariant(), row.Date);

    /// <summary>The clinic of each line with its slots; those that are not there yet are made.</summary>
    private async Task<Dictionary<(string, string, DateOnly), Clinic>> ClinicsAsync(IReadOnlyList<AppointmentRow> rows, CancellationToken cancellationToken)
    {
        var days = rows.Select(row => row.Date).Distinct().ToList();
        var all = (await database.Clinics.Include(clinic => clinic.Provider).Include(clinic => clinic.Slots).ThenInclude(slot => slot.Appointment!.Participant)
                .Where(clinic => days.Contains(clinic.Date)).AsSplitQuery().ToListAsync(cancellationToken))
            .GroupBy(clinic => (clinic.Provider!.Name.ToUpperInvariant(), clinic.Name.ToUpperInvariant(), clinic.Date)).ToDictionary(group => group.Key, group => group.First());
        var providers = (await database.Providers.ToListAsync(cancellationToken))
            .GroupBy(provider => provider.Name.ToUpperInvariant()).ToDictionary(group => group.Key, group => group.First());
        // Where there is one gateway only, it is everybody's
        var gateways = await database.Gateways.Select(gateway => gateway.Id).Take(2).ToListAsync(cancellationToken);
        // Asked anew at each line: the one before may have made its clinic
        foreach (var row in rows.Where(row => !all.ContainsKey(KeyOf(row))))
        {
            if (!providers.TryGetValue(row.Provider.ToUpperInvariant(), out var provider))
            {
                provider = new() { Id = Guid.CreateVersion7(), Name = row.Provider, GatewayId = gateways is [var only] ? only : null };
                database.Add(provider);
                providers[row.Provider.ToUpperInvariant()] = provider;
                if (provider.GatewayId is null)
                    _withoutGateway.Add(provider.Name);
            }
            var clinic = new Clinic { Id = Guid.CreateVersion7(), ProviderId = provider.Id, Name = row.Clinic, Date = row.Date };
            database.Add(clinic);
            all[KeyOf(row)] = clinic;
            _clinics++;
        }
        return all;
    }

    private async Task<Dictionary<string, Participant>> PeopleAsync(IReadOnlyList<AppointmentRow> rows, CancellationToken cancellationToken)
    {
        var numbers = rows.Select(row => row.NhsNumber).Distinct().ToList();
        return await database.Participants.Where(participant => numbers.Contains(participant.NhsNumber))
            .ToDictionaryAsync(participant => participant.NhsNumber, cancellationToken);
    }

    private void Take(AppointmentRow row, Clinic clinic, Dictionary<string, Participant> people)
    {
        if (!people.TryGetValue(row.NhsNumber, out var participant))
        {
            participant = new()
            {
                Id = Guid.CreateVersion7(), NhsNumber = row.NhsNumber, FirstName = row.FirstName, LastName = row.LastName, BirthDate = row.BirthDate, Sex = row.Sex,
            };
            database.Add(participant);
            people[row.NhsNumber] = participant;
        }
        else if (participant.BirthDate != row.BirthDate)
        {
            // Names change; who was born on another day is another person
            _problems.Add(new(row.Line, $"birth_date: the NHS number {NhsNumber.Spaced(row.NhsNumber)} belongs to somebody born on {participant.BirthDate:yyyy-MM-dd}. Find out which of the two is wrong."));
            return;
        }
        else if ((participant.FirstName, participant.LastName, participant.Sex) != (row.FirstName, row.LastName, row.Sex))
        {
            (participant.FirstName, participant.LastName, participant.Sex) = (row.FirstName, row.LastName, row.Sex);
            _renamed++;
        }

        var slot = clinic.Slots.Find(each => each.StartsAt == row.StartsAt);
        if (slot?.Appointment is { } appointment)
        {
            if (appointment.ParticipantId == participant.Id)
                _there++;
            else
                _problems.Add(new(row.Line, $"time: {row.StartsAt:HH:mm} of {clinic.Name} on {clinic.Date:yyyy-MM-dd} is somebody else's."));
            return;
        }
        if (slot is null)
        {
            slot = new() { Id = Guid.CreateVersion7(), ClinicId = clinic.Id, StartsAt = row.StartsAt, DurationMinutes = row.Minutes };
            database.Add(slot);
        }
        // The next line of the list finds both at the clinic: EF puts them there
        database.Add(new Appointment { Id = Guid.CreateVersion7(), SlotId = slot.Id, ParticipantId = participant.Id, StateChangedAt = time.GetUtcNow() });
        _added++;
    }
}
