using Gantry.Dicom;

namespace Gantry.Sidecar.Mwl;

/// <summary>An identifier that this SOP class does not allow; answered with 0xA900 (PS3.4 Table K.4-1).</summary>
internal sealed class IdentifierException(DicomTag offending, string comment) : Exception(comment)
{
    public DicomTag Offending { get; } = offending;
}
