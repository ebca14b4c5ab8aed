using Gantry.Dicom.Network;
using Gantry.Sidecar.Hosting;
using Gantry.Sidecar.Settings;

namespace Gantry.Sidecar.Archive.Check;

/// <summary>C-ECHO to the archive: that modalities can deliver their images.</summary>
internal sealed class ArchiveEcho(SidecarSettings settings)
{
    /// <exception cref="DicomNetworkException">No association came about, or it broke off.</exception>
    /// <exception cref="DimseException">The archive refused.</exception>
    public async Task<string> RunAsync(string host, CancellationToken cancellationToken)
    {
        await using var client = await DicomClient.ConnectAsync(
            new DicomClientOptions
            {
                Host = host,
                Port = settings.Orthanc.DicomPort,
                CallingAeTitle = settings.Dicom.AeTitle,
                CalledAeTitle = settings.Orthanc.AeTitle,
                // The archive shows the same certificate as we do, or one that the same authorities vouch for
                Tls = settings.Dicom.Tls.Enabled ? TlsFiles.ArchiveOptions(settings.Dicom.Tls, host) : null,
            },
            cancellationToken: cancellationToken);
        (await client.EchoAsync(cancellationToken)).EnsureSuccess();
        await client.ReleaseAsync(cancellationToken);
        return $"{settings.Orthanc.AeTitle} answers on port {settings.Orthanc.DicomPort}.";
    }
}
