namespace Gantry.Dicom.Network;

/// <summary>The longest PDUs that a receiver takes. A longer one is a protocol violation as soon as its header is read.</summary>
/// <param name="MaximumDataLength">
/// Bytes of a P-DATA-TF after its 6-byte header: what this side announced as its Maximum Length (PS3.8 D.1). 0 is no limit.
/// </param>
/// <param name="MaximumAssociateLength">
/// Bytes of an A-ASSOCIATE-RQ or -AC after its 6-byte header. The standard sets none; 1 MB holds 128 contexts of any real
/// size with kilobyte-long identity tickets.
/// </param>
public readonly record struct PduLimits(uint MaximumDataLength, uint MaximumAssociateLength = PduLimits.DefaultAssociateLength)
{
    /// <summary>1 MB, in bytes.</summary>
    public const uint DefaultAssociateLength = 1024 * 1024;
}
