using Gantry.Dicom;
using Gantry.Dicom.Network;
using Gantry.Sidecar.Settings;

namespace Gantry.Sidecar.Storage;

/// <summary>
/// Takes the presentation contexts of storage so that it can say where images belong: a modality that is set up to send
/// here shows its user 'Send images to Orthanc, port 4242' instead of a context that was not accepted. Nothing is kept.
/// </summary>
internal sealed class RefusedStorage(SidecarSettings settings, ILogger<RefusedStorage> logger) : SopClassService
{
    // 0x0122 says for good that this is the wrong place; 0xA7xx would make the sender try again and again
    private readonly DimseResponse _response = new(DimseStatus.SopClassNotSupported)
    {
        ErrorComment = FormattableString.Invariant($"Send images to Orthanc, port {settings.Orthanc.DicomPort}"),
    };

    public override IReadOnlyList<string> SopClassUids => StorageSopClasses.Uids;

    public override IReadOnlyList<TransferSyntax> TransferSyntaxes { get; } =
    [
        TransferSyntax.ExplicitVrLittleEndian, TransferSyntax.ImplicitVrLittleEndian,
        TransferSyntax.ExplicitVrBigEndian, TransferSyntax.DeflatedExplicitVrLittleEndian,
        // What pixel data may be packed in (PS3.5 A.4): JPEG, JPEG-LS, JPEG 2000, RLE, MPEG, HEVC, HTJ2K
        .. ((string[])
        [
            "4.50", "4.51", "4.57", "4.70", "4.80", "4.81", "4.90", "4.91", "4.92", "4.93", "4.100", "4.100.1", "4.101", "4.101.1",
            "4.102", "4.102.1", "4.103", "4.103.1", "4.104", "4.104.1", "4.105", "4.105.1", "4.106", "4.106.1", "4.107", "4.108",
            "4.110", "4.201", "4.202", "4.203", "5",
        ]).Select(suffix => TransferSyntax.FromUid("1.2.840.10008.1.2." + suffix)),
    ];

    public override DimseResponse? RefuseBeforeData(DimseRequest request) => Refuse(request);

    public override ValueTask<DimseResponse> StoreAsync(DimseRequest request, CancellationToken cancellationToken) =>
        new(Refuse(request));

    private DimseResponse Refuse(DimseRequest request)
    {
        var peer = request.Association;
        Log.ImageRefused(peer.LogWithin(logger, LogLevel.Warning), peer.CallingAeTitle, peer.RemoteEndPoint, settings.Orthanc.DicomPort);
        return _response;
    }
}
