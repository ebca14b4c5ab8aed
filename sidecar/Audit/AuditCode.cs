namespace Gantry.Audit;

/// <summary>A coded value (PS3.15 A.5.1, CodedValueType).</summary>
/// <param name="Value">The code.</param>
/// <param name="System">Who defines it: DCM, or RFC-3881.</param>
/// <param name="Meaning">Its meaning in words.</param>
public sealed record AuditCode(string Value, string System, string Meaning)
{
    internal static AuditCode Dcm(string value, string meaning) => new(value, "DCM", meaning);

    internal static AuditCode Rfc(string value, string meaning) => new(value, "RFC-3881", meaning);
}

/// <summary>The codes that Gantry's messages use (PS3.16 CID 400 to 405, and RFC 3881 5.5.4).</summary>
internal static class AuditCodes
{
    // CID 400: what happened
    public static readonly AuditCode ApplicationActivity = AuditCode.Dcm("110100", "Application Activity");
    public static readonly AuditCode InstancesAccessed = AuditCode.Dcm("110103", "DICOM Instances Accessed");
    public static readonly AuditCode Export = AuditCode.Dcm("110106", "Export");
    public static readonly AuditCode OrderRecord = AuditCode.Dcm("110109", "Order Record");
    public static readonly AuditCode ProcedureRecord = AuditCode.Dcm("110111", "Procedure Record");
    public static readonly AuditCode Query = AuditCode.Dcm("110112", "Query");
    public static readonly AuditCode SecurityAlert = AuditCode.Dcm("110113", "Security Alert");
    public static readonly AuditCode UserAuthentication = AuditCode.Dcm("110114", "User Authentication");

    // CID 401: which kind of it
    public static readonly AuditCode ApplicationStart = AuditCode.Dcm("110120", "Application Start");
    public static readonly AuditCode ApplicationStop = AuditCode.Dcm("110121", "Application Stop");
    public static readonly AuditCode Login = AuditCode.Dcm("110122", "Login");
    public static readonly AuditCode Logout = AuditCode.Dcm("110123", "Logout");
    public static readonly AuditCode NodeAuthentication = AuditCode.Dcm("110126", "Node Authentication");
    public static readonly AuditCode RestrictedFunction = AuditCode.Dcm("110132", "Use of Restricted Function");

    // CID 402: as what somebody took part
    public static readonly AuditCode Application = AuditCode.Dcm("110150", "Application");
    public static readonly AuditCode Destination = AuditCode.Dcm("110152", "Destination Role ID");
    public static readonly AuditCode Source = AuditCode.Dcm("110153", "Source Role ID");
    public static readonly AuditCode DestinationMedia = AuditCode.Dcm("110154", "Destination Media");

    // CID 404 and RFC 3881: what an object's id is
    public static readonly AuditCode StudyInstanceUid = AuditCode.Dcm("110180", "Study Instance UID");
    public static readonly AuditCode SopClassUid = AuditCode.Dcm("110181", "SOP Class UID");
    public static readonly AuditCode NodeId = AuditCode.Dcm("110182", "Node ID");
    public static readonly AuditCode PatientNumber = AuditCode.Rfc("2", "Patient Number");
    public static readonly AuditCode Uri = AuditCode.Rfc("12", "URI");
}
