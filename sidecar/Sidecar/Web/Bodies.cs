using System.Text.Json.Serialization;
using Gantry.Worklist;

namespace Gantry.Sidecar.Web;

/// <summary>An order to be added. Names are those of the store's columns; what is not known is refused, so that no typing error loses data.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record NewOrder
{
    public string? AccessionNumber { get; init; }
    public string? PatientId { get; init; }
    public string? PatientName { get; init; }
    public string? PatientBirthDate { get; init; }
    public string? PatientSex { get; init; }
    public string? ScheduledDate { get; init; }
    public string? ScheduledTime { get; init; }
    public string? Modality { get; init; }
    public string? StudyDescription { get; init; }
    public string? ProcedureCode { get; init; }
    public string? ProcedureCodingScheme { get; init; }
    public string? ProcedureCodeMeaning { get; init; }
    public string? StudyInstanceUid { get; init; }
    public string? SourceMessageId { get; init; }
    public string? RequestedProcedureId { get; init; }
    public string? ScheduledStepId { get; init; }
    public string? ScheduledStationAet { get; init; }
    public string? ScheduledStationName { get; init; }
    public string? ScheduledLocation { get; init; }
    public string? ScheduledPhysician { get; init; }
    public string? StepDescription { get; init; }
    public string? PatientNameIdeographic { get; init; }
    public string? PatientNamePhonetic { get; init; }
    public string? PatientNameRomanized { get; init; }
    public string? ReferringPhysician { get; init; }
    public string? RequestingPhysician { get; init; }
    public string? Priority { get; init; }
    public string? PatientWeight { get; init; }
    public string? PatientSize { get; init; }
    public string? MedicalAlerts { get; init; }
    public string? Allergies { get; init; }
    public string? PregnancyStatus { get; init; }
    public string? PatientComments { get; init; }
    public string? AdmissionId { get; init; }
    public string? InstitutionName { get; init; }
    public string? OtherPatientIds { get; init; }
}

/// <summary>A page of orders.</summary>
/// <param name="Items">The orders, by scheduled date, time and accession number.</param>
/// <param name="Skip">How many were passed over.</param>
/// <param name="Take">How many were asked for.</param>
/// <param name="More">True if there are more after these.</param>
internal sealed record WorklistPage(IReadOnlyList<WorklistItem> Items, int Skip, int Take, bool More);

/// <summary>How many orders stand in each status.</summary>
internal sealed record WorklistCounts(IReadOnlyDictionary<string, long> Counts, long Total);

/// <summary>A performed step for which no order was found.</summary>
internal sealed record UnscheduledExam(
    string SopInstanceUid, string Status, string? AccessionNumber, string? StudyInstanceUid, string? Modality,
    string? PatientId, string? PatientName, string? StartTime, string? EndTime, string? CallingAeTitle, IReadOnlyList<string> Warnings);

/// <summary>The DICOM listeners.</summary>
internal sealed record ListenersReport(
    string AeTitle, IReadOnlyList<string> EndPoints, bool Tls, int Associations, long AssociationsAccepted, long AssociationsRejected,
    long AssociationsAborted, long Requests, long RequestsFailed);
