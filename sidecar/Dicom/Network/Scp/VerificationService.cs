namespace Gantry.Dicom.Network;

/// <summary>Verification SOP Class: answers every C-ECHO with success (PS3.4 Annex A).</summary>
public sealed class VerificationService : SopClassService
{
    /// <summary>1.2.840.10008.1.1.</summary>
    public const string SopClassUid = "1.2.840.10008.1.1";

    /// <inheritdoc/>
    public override IReadOnlyList<string> SopClassUids { get; } = [SopClassUid];

    /// <inheritdoc/>
    public override ValueTask<DimseResponse> EchoAsync(DimseRequest request, CancellationToken cancellationToken) =>
        new(DimseResponse.Success);
}
