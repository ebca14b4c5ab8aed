using Gantry.Cloud.Appointments;
using Gantry.Cloud.Gateways;

namespace Gantry.Cloud.Clinics;

/// <summary>Who holds clinics, and the gateway to its modalities.</summary>
internal sealed class Provider
{
    public required Guid Id { get; init; }

    public required string Name { get; set; }

    public Guid? GatewayId { get; set; }

    public Gateway? Gateway { get; set; }
}

/// <summary>One provider's clinic on one day.</summary>
internal sealed class Clinic
{
    public required Guid Id { get; init; }

    public required Guid ProviderId { get; init; }

    public Provider? Provider { get; init; }

    public required string Name { get; set; }

    public required DateOnly Date { get; init; }

    public List<ClinicSlot> Slots { get; } = [];
}

/// <summary>A time at which somebody may come.</summary>
internal sealed class ClinicSlot
{
    public required Guid Id { get; init; }

    public Guid ClinicId { get; init; }

    public Clinic? Clinic { get; init; }

    /// <summary>The site's local time.</summary>
    public required TimeOnly StartsAt { get; init; }

    public required int DurationMinutes { get; init; }

    public Appointment? Appointment { get; set; }
}

/// <summary>Somebody who is invited.</summary>
internal sealed class Participant
{
    public required Guid Id { get; init; }

    /// <summary>Ten digits without spaces.</summary>
    public required string NhsNumber { get; init; }

    public required string FirstName { get; set; }

    public required string LastName { get; set; }

    public required DateOnly BirthDate { get; set; }

    /// <summary>M, F or O.</summary>
    public string Sex { get; set; } = "F";

    public string FullName => $"{FirstName} {LastName}";

    /// <summary>PN, PS3.5 6.2: FAMILY^GIVEN. What separates its parts is no letter of a name.</summary>
    public string DicomName => $"{Clean(LastName)}^{Clean(FirstName)}".ToUpperInvariant();

    private static string Clean(string name) => name.Replace('^', ' ').Replace('=', ' ').Replace('\\', ' ');
}
