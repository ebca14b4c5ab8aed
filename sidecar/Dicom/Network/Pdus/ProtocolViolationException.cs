namespace Gantry.Dicom.Network;

/// <summary>
/// The peer sent bytes that PS3.8 does not allow. The association ends with an A-ABORT that carries <see cref="Reason"/>;
/// the text names the field, its offset from the first byte of the PDU (counted from 0), and what was expected. It never
/// repeats values from the wire other than numbers.
/// </summary>
public sealed class ProtocolViolationException : Exception
{
    /// <summary>A violation with the reason to send in the A-ABORT.</summary>
    public ProtocolViolationException(AbortReason reason, string message) : base(message) => Reason = reason;

    /// <summary>
    /// What to put into the Reason/Diag. field of an A-ABORT with source service-provider (PS3.8 Table 9-26): actions AA-7 and
    /// AA-8. AA-1, before an association was requested, aborts with source service-user, where the reason says nothing.
    /// </summary>
    public AbortReason Reason { get; }
}
