using System.Globalization;

namespace Gantry.Audit;

/// <summary>Who did something from outside: a modality, a person at a page, the cloud, a command.</summary>
/// <param name="Name">An account's name, an AE title, or the address where there is no name.</param>
/// <param name="Address">Where it came from; null for this machine.</param>
public sealed record AuditActor(string Name, string? Address = null)
{
    /// <summary>As one who takes part.</summary>
    internal AuditParticipant Participant(AuditCode? role = null) => new(Name, true, role) { Address = Address };
}

/// <summary>A patient as audit messages name one.</summary>
/// <param name="Id">The patient's id.</param>
/// <param name="Name">The name; null leaves it out.</param>
public sealed record AuditPatient(string Id, string? Name = null)
{
    internal AuditObject Object() => new(Id, AuditCodes.PatientNumber, AuditObjectType.Person, 1) { Name = Name };
}

/// <summary>Makes each kind of message with the participants and objects that PS3.15 A.5.3 asks of it.</summary>
/// <param name="self">This program: an AE title, or its name.</param>
/// <param name="time">The clock.</param>
public sealed class AuditEvents(string self, TimeProvider time)
{
    private readonly string _process = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);

    /// <summary>A.5.3.1 Application Activity.</summary>
    public AuditMessage Application(bool starts) => Message(
        AuditCodes.ApplicationActivity, AuditAction.Execute, [Self(AuditCodes.Application)], [], starts ? AuditCodes.ApplicationStart : AuditCodes.ApplicationStop);

    /// <summary>A.5.3.12 User Authentication.</summary>
    /// <param name="who">The name that was typed, and where.</param>
    /// <param name="isOut">True for signing out.</param>
    /// <param name="refusal">Why it was refused; null where it was not.</param>
    public AuditMessage SignIn(AuditActor who, bool isOut = false, string? refusal = null) => Message(
        AuditCodes.UserAuthentication, AuditAction.Execute, [who.Participant(), Self()], [], isOut ? AuditCodes.Logout : AuditCodes.Login,
        refusal is null ? AuditOutcome.Success : AuditOutcome.MinorFailure, refusal);

    /// <summary>A.5.3.11 Security Alert: somebody was turned away.</summary>
    /// <param name="who">Who.</param>
    /// <param name="reason">Why.</param>
    public AuditMessage Refused(AuditActor who, string reason) => Message(
        AuditCodes.SecurityAlert, AuditAction.Execute, [Self() with { IsRequestor = true }, new(who.Name, false) { Address = who.Address }],
        [new(who.Address ?? who.Name, AuditCodes.NodeId, AuditObjectType.System, 13) { Details = [("Alert Description", reason)] }],
        AuditCodes.NodeAuthentication, AuditOutcome.MinorFailure, reason);

    /// <summary>A.5.3.10 Query: a list of orders was asked for.</summary>
    /// <param name="who">Who asked.</param>
    /// <param name="query">What was asked: the SOP class, or the path of a request.</param>
    /// <param name="identifier">The query as it was sent; null where there is none.</param>
    /// <param name="transferSyntax">Its transfer syntax; null where it has none.</param>
    /// <param name="answers">How many orders were answered; negative where nobody counted.</param>
    /// <param name="failure">What went wrong; null for nothing.</param>
    public AuditMessage Query(AuditActor who, string query, ReadOnlyMemory<byte>? identifier, string? transferSyntax, long answers, string? failure = null)
    {
        var isDicom = query.Length > 0 && char.IsAsciiDigit(query[0]);
        return Message(AuditCodes.Query, AuditAction.Execute, [who.Participant(AuditCodes.Source), Self(AuditCodes.Destination)],
        [
            new(query, isDicom ? AuditCodes.SopClassUid : AuditCodes.Uri, AuditObjectType.System, 3)
            {
                Query = identifier,
                Details =
                [
                    .. transferSyntax is null ? Array.Empty<(string, string)>() : [("TransferSyntax", transferSyntax)],
                    .. answers < 0 ? Array.Empty<(string, string)>() : [("Answers", answers.ToString(CultureInfo.InvariantCulture))],
                ],
            },
        ], null, failure is null ? AuditOutcome.Success : AuditOutcome.MinorFailure, failure);
    }

    /// <summary>A.5.3.15 Procedure Record: an exam began, changed or ended.</summary>
    public AuditMessage Procedure(AuditActor who, AuditAction action, AuditPatient patient, string? studyUid, string? mppsUid, string? accessionNumber) =>
        Message(AuditCodes.ProcedureRecord, action, [who.Participant(), Self()],
        [.. Study(studyUid, mppsUid, accessionNumber), patient.Object()]);

    /// <summary>A.5.3.13 Order Record: an order was added, changed, removed or looked at.</summary>
    public AuditMessage Order(AuditActor who, AuditAction action, AuditPatient patient, string accessionNumber, string? studyUid, string? failure = null) =>
        Message(AuditCodes.OrderRecord, action, [who.Participant(), Self()],
        [
            // An accession number stands with the study; an order that has none yet says it with the patient
            studyUid is { Length: > 0 } || accessionNumber.Length == 0 ? patient.Object() : patient.Object() with { Details = [("Accession Number", accessionNumber)] },
            .. Study(studyUid, null, accessionNumber),
        ], null, failure is null ? AuditOutcome.Success : AuditOutcome.MinorFailure, failure);

    /// <summary>A.5.3.6 DICOM Instances Accessed: images of a study were looked at.</summary>
    public AuditMessage Viewed(AuditActor who, string studyUid, AuditPatient patient) => Message(
        AuditCodes.InstancesAccessed, AuditAction.Read, [who.Participant(), Self()], [.. Study(studyUid, null, null), patient.Object()]);

    /// <summary>A.5.3.4 Data Export: patients' data were copied to a file.</summary>
    public AuditMessage Export(AuditActor who, string file, long orders, string? failure = null) => Message(
        AuditCodes.Export, AuditAction.Read, [who.Participant(), Self(AuditCodes.Source), new(file, false, AuditCodes.DestinationMedia)],
        [new(file, AuditCodes.Uri, AuditObjectType.System, 17) { Details = [("Orders", orders.ToString(CultureInfo.InvariantCulture))] }],
        null, failure is null ? AuditOutcome.Success : AuditOutcome.SeriousFailure, failure);

    /// <summary>A.5.3.11 Security Alert, Use of Restricted Function: an administrator did what is his alone.</summary>
    /// <param name="who">Who.</param>
    /// <param name="what">What was done, in words.</param>
    /// <param name="target">To what.</param>
    public AuditMessage Administration(AuditActor who, string what, string target) => Message(
        AuditCodes.SecurityAlert, AuditAction.Execute, [who.Participant(), Self()],
        [new(target, AuditCodes.Uri, AuditObjectType.System, 20) { Details = [("Alert Description", what)] }], AuditCodes.RestrictedFunction);

    private static IEnumerable<AuditObject> Study(string? studyUid, string? mppsUid, string? accessionNumber) => studyUid is { Length: > 0 }
        ? [new AuditObject(studyUid, AuditCodes.StudyInstanceUid, AuditObjectType.System, 3) { MppsUid = mppsUid, AccessionNumber = accessionNumber }]
        : [];

    private AuditParticipant Self(AuditCode? role = null) => new(self, false, role) { AlternativeId = _process, Address = Environment.MachineName };

    private AuditMessage Message(
        AuditCode id, AuditAction action, IReadOnlyList<AuditParticipant> participants, IReadOnlyList<AuditObject> objects,
        AuditCode? type = null, AuditOutcome outcome = AuditOutcome.Success, string? reason = null) => new()
    {
        Event = id, Type = type, Action = action, At = time.GetUtcNow(), Outcome = outcome, Reason = reason, Participants = participants, Objects = objects,
    };
}
