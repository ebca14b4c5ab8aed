using Gantry.Cloud.Appointments;

namespace Gantry.Cloud.Studies;

/// <summary>A study of which images came, with the fields of the messages.</summary>
internal sealed class Study
{
    public required Guid Id { get; init; }

    public required string StudyInstanceUid { get; init; }

    public Guid? AppointmentId { get; set; }

    public Appointment? Appointment { get; init; }

    /// <summary>Why it was not attached by itself, although an appointment seemed to fit.</summary>
    public string? Flag { get; set; }

    public Guid? SuspectedAppointmentId { get; init; }

    public Appointment? SuspectedAppointment { get; init; }

    public string? AccessionNumber { get; init; }

    public string? NhsNumber { get; init; }

    public string? PatientName { get; init; }

    public string? Modality { get; init; }

    public string? StudyDate { get; init; }

    public string? StudyTime { get; init; }

    public string? StudyDescription { get; init; }

    public string? SourceActionId { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }

    public string? MatchedBy { get; set; }

    public DateTimeOffset? MatchedAt { get; set; }

    public List<Series> Series { get; } = [];
}

internal sealed class Series
{
    public required Guid Id { get; init; }

    public required Guid StudyId { get; init; }

    public Study? Study { get; init; }

    public required string SeriesInstanceUid { get; init; }

    public string? SeriesNumber { get; init; }

    public string? SeriesDescription { get; init; }

    public List<Image> Images { get; } = [];
}

internal sealed class Image
{
    public required Guid Id { get; init; }

    public required Guid SeriesId { get; init; }

    public Series? Series { get; init; }

    public required string SopInstanceUid { get; init; }

    public required string MessageId { get; init; }

    /// <summary>Why it is not shown with its study.</summary>
    public string? SetAside { get; set; }

    public string? InstanceNumber { get; init; }

    public int? Rows { get; init; }

    public int? Columns { get; init; }

    public string? ViewPosition { get; init; }

    public string? Laterality { get; init; }

    /// <summary>dGy, as (0040,0316) has it.</summary>
    public string? OrganDose { get; init; }

    public string? EntranceDoseInMgy { get; init; }

    public string? Kvp { get; init; }

    public string? ExposureInUas { get; init; }

    public string? AnodeTargetMaterial { get; init; }

    public string? FilterMaterial { get; init; }

    public string? FilterThickness { get; init; }

    public byte[]? Thumbnail { get; init; }

    public int? ThumbnailWidth { get; init; }

    public int? ThumbnailHeight { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }
}
