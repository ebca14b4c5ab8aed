using Gantry.Cloud.Appointments;
using Gantry.Cloud.Data;
using Gantry.Cloud.Gateways;
using Microsoft.EntityFrameworkCore;

namespace Gantry.Cloud.Clinics;

/// <summary>One gateway at the first start; in demo mode a clinic for today, whenever there is none.</summary>
internal static class FirstData
{
    private const long Lock = 0x434C494E4943;

    private static readonly (string First, string Last, int Year, int Month, int Day)[] People =
    [
        ("Jane", "Smith", 1965, 3, 15), ("Mary", "Jones", 1970, 8, 22), ("Amina", "Khan", 1968, 11, 2), ("Siobhan", "O'Brien", 1959, 1, 30),
        ("Grace", "Okafor", 1972, 6, 9), ("Margaret", "Taylor", 1956, 12, 17), ("Priya", "Patel", 1974, 4, 28), ("Helen", "Williams", 1963, 9, 5),
        ("Zofia", "Nowak", 1971, 2, 13), ("Ruth", "Adeyemi-Clarke", 1960, 7, 21), ("Mei", "Chen", 1967, 10, 11), ("Angharad", "Davies", 1969, 5, 26),
    ];

    public static async Task EnsureAsync(IServiceProvider services, CloudSettings settings, ILogger logger)
    {
        await using var scope = services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<CloudDb>();
        var time = scope.ServiceProvider.GetRequiredService<TimeProvider>();
        await using var transaction = await database.Database.BeginTransactionAsync();
        await database.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Lock})");

        var gateway = await database.Gateways.OrderBy(each => each.CreatedAt).FirstOrDefaultAsync();
        if (gateway is null)
        {
            gateway = new() { Id = Guid.CreateVersion7(), Name = "Hospital gateway", HybridConnection = settings.ActionsPath, CreatedAt = time.GetUtcNow() };
            database.Add(gateway);
        }
        if (settings.Demo)
            await MakeClinicAsync(database, gateway, time, logger);
        await database.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    private static async Task MakeClinicAsync(CloudDb database, Gateway gateway, TimeProvider time, ILogger logger)
    {
        var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        if (await database.Clinics.AnyAsync(clinic => clinic.Date == today))
            return;
        var provider = await database.Providers.OrderBy(each => each.Name).FirstOrDefaultAsync();
        if (provider is null)
        {
            provider = new() { Id = Guid.CreateVersion7(), Name = "Northfield Breast Screening", GatewayId = gateway.Id };
            database.Add(provider);
        }
        var clinic = new Clinic { Id = Guid.CreateVersion7(), ProviderId = provider.Id, Name = "Mobile unit A", Date = today };
        database.Add(clinic);
        var numbers = DemoNumbers().Take(People.Length).ToList();
        var known = await database.Participants.Where(each => numbers.Contains(each.NhsNumber)).ToDictionaryAsync(each => each.NhsNumber);
        for (var at = 0; at < People.Length; at++)
        {
            var (first, last, year, month, day) = People[at];
            if (!known.TryGetValue(numbers[at], out var participant))
            {
                participant = new() { Id = Guid.CreateVersion7(), NhsNumber = numbers[at], FirstName = first, LastName = last, BirthDate = new(year, month, day) };
                database.Add(participant);
            }
            var slot = new ClinicSlot { Id = Guid.CreateVersion7(), ClinicId = clinic.Id, StartsAt = new TimeOnly(9, 0).AddMinutes(15 * at), DurationMinutes = 15 };
            database.Add(slot);
            database.Add(new Appointment { Id = Guid.CreateVersion7(), SlotId = slot.Id, ParticipantId = participant.Id, StateChangedAt = time.GetUtcNow() });
        }
        Log.DemoClinicMade(logger, People.Length, today);
    }

    /// <summary>Numbers of the range 999, which belongs to nobody, with good check digits.</summary>
    private static IEnumerable<string> DemoNumbers()
    {
        for (var at = 100; ; at += 11)
        {
            var nine = $"999000{at:000}";
            if (NhsNumber.CheckDigit(nine) is { } digit)
                yield return $"{nine}{digit}";
        }
    }
}
