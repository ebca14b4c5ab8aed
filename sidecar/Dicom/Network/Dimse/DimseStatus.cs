namespace Gantry.Dicom.Network;

/// <summary>Status (0000,0900) codes of DIMSE responses (PS3.7 Annex C; service classes add theirs, PS3.4).</summary>
public static class DimseStatus
{
    /// <summary>Success (PS3.7 C.1.1).</summary>
    public const ushort Success = 0x0000;

    /// <summary>Pending: a match, all optional keys supported (PS3.4 K.4.1.1.4).</summary>
    public const ushort Pending = 0xFF00;

    /// <summary>Pending: a match, one or more optional keys not supported (PS3.4 K.4.1.1.4).</summary>
    public const ushort PendingWithWarnings = 0xFF01;

    /// <summary>Cancel: matching ended because of a C-CANCEL (PS3.7 C.3).</summary>
    public const ushort Cancel = 0xFE00;

    /// <summary>Warning (PS3.7 C.4).</summary>
    public const ushort Warning = 0x0001;

    /// <summary>Attribute value out of range, a warning (PS3.7 C.4.1).</summary>
    public const ushort AttributeValueOutOfRange = 0x0116;

    /// <summary>Attribute list error, a warning: one or more attributes not recognized (PS3.7 C.4.2).</summary>
    public const ushort AttributeListError = 0x0107;

    /// <summary>SOP class not supported (PS3.7 C.5.6).</summary>
    public const ushort SopClassNotSupported = 0x0122;

    /// <summary>Class-instance conflict: the instance is not a member of the class (PS3.7 C.5.7).</summary>
    public const ushort ClassInstanceConflict = 0x0119;

    /// <summary>Duplicate SOP instance (PS3.7 C.5.8).</summary>
    public const ushort DuplicateSopInstance = 0x0111;

    /// <summary>Duplicate invocation: the message id is in use (PS3.7 C.5.9).</summary>
    public const ushort DuplicateInvocation = 0x0210;

    /// <summary>Invalid argument value (PS3.7 C.5.10).</summary>
    public const ushort InvalidArgumentValue = 0x0115;

    /// <summary>Invalid attribute value (PS3.7 C.5.11).</summary>
    public const ushort InvalidAttributeValue = 0x0106;

    /// <summary>Invalid SOP instance: its UID breaks the construction rules (PS3.7 C.5.12).</summary>
    public const ushort InvalidSopInstance = 0x0117;

    /// <summary>Missing attribute (PS3.7 C.5.13).</summary>
    public const ushort MissingAttribute = 0x0120;

    /// <summary>Missing attribute value (PS3.7 C.5.14).</summary>
    public const ushort MissingAttributeValue = 0x0121;

    /// <summary>Mistyped argument (PS3.7 C.5.15).</summary>
    public const ushort MistypedArgument = 0x0212;

    /// <summary>No such argument (PS3.7 C.5.16).</summary>
    public const ushort NoSuchArgument = 0x0114;

    /// <summary>No such attribute (PS3.7 C.5.17).</summary>
    public const ushort NoSuchAttribute = 0x0105;

    /// <summary>No such event type (PS3.7 C.5.18).</summary>
    public const ushort NoSuchEventType = 0x0113;

    /// <summary>No such SOP instance (PS3.7 C.5.19).</summary>
    public const ushort NoSuchSopInstance = 0x0112;

    /// <summary>No such SOP class (PS3.7 C.5.20).</summary>
    public const ushort NoSuchSopClass = 0x0118;

    /// <summary>Processing failure (PS3.7 C.5.21).</summary>
    public const ushort ProcessingFailure = 0x0110;

    /// <summary>Resource limitation (PS3.7 C.5.22).</summary>
    public const ushort ResourceLimitation = 0x0213;

    /// <summary>Unrecognized operation (PS3.7 C.5.23).</summary>
    public const ushort UnrecognizedOperation = 0x0211;

    /// <summary>No such action (PS3.7 C.5.24).</summary>
    public const ushort NoSuchAction = 0x0123;

    /// <summary>Refused: not authorized (PS3.7 C.5.25).</summary>
    public const ushort NotAuthorized = 0x0124;

    /// <summary>Refused: out of resources, of C-FIND, C-STORE and their like (PS3.4 K.4.1.1.4, B.2.3).</summary>
    public const ushort OutOfResources = 0xA700;

    /// <summary>The data set or identifier does not match the SOP class (PS3.4 K.4.1.1.4, B.2.3).</summary>
    public const ushort DataSetDoesNotMatchSopClass = 0xA900;

    /// <summary>Unable to process or cannot understand; 0xC000 to 0xCFFF mean the same (PS3.4 K.4.1.1.4, B.2.3).</summary>
    public const ushort UnableToProcess = 0xC000;

    /// <summary>True for 0xFF00 and 0xFF01: more responses follow (PS3.7 C.2).</summary>
    public static bool IsPending(ushort status) => status is Pending or PendingWithWarnings;

    /// <summary>
    /// True for success and the warnings 0x0001, 0x0107, 0x0116 and 0xBxxx: the operation was done (PS3.7 C.4).
    /// </summary>
    public static bool IsSuccessOrWarning(ushort status) =>
        status is Success or Warning or AttributeListError or AttributeValueOutOfRange || (status & 0xF000) == 0xB000;
}
