using System.Net.Sockets;
using Gantry.Dicom.Network;
using Gantry.Sidecar.Settings;
using Microsoft.AspNetCore.Connections;

namespace Gantry.Sidecar.Hosting;

/// <summary>Turns a failure to listen into sentences that name the port, its owner, and the setting to change.</summary>
internal static class ListenFailure
{
    /// <summary>The sentences; none where the error is another one.</summary>
    public static IReadOnlyList<string> Explain(Exception error, SidecarSettings settings)
    {
        var chain = Chain(error).ToList();
        if (chain.Any(e => e is AddressInUseException or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse }))
        {
            string[] taken = [.. Ports(settings).Where(port => PortOwner.IsTaken(port.Number)).Select(port =>
                FormattableString.Invariant($"Port {port.Number} ({port.Use}) is in use by {PortOwner.Find(port.Number) ?? "another process"}; ")
                + $"stop that, or set {port.Key} to another port.")];
            return taken.Length > 0 ? taken : [chain[0].Message];
        }
        if (chain.OfType<SocketException>().FirstOrDefault() is { } socket)
        {
            return [socket.SocketErrorCode switch
            {
                SocketError.AccessDenied =>
                    $"{chain[0].Message.TrimEnd('.')}. Ports below 1024 need root or the capability CAP_NET_BIND_SERVICE.",
                SocketError.AddressNotAvailable =>
                    $"{chain[0].Message.TrimEnd('.')}. Dicom:BindAddresses, Web:BindAddresses and Viewer:BindAddresses take addresses of this machine only.",
                _ => chain[0].Message,
            }];
        }
        return chain.OfType<DicomNetworkException>().FirstOrDefault(e => e.Phase == NetworkPhase.Listen) is { } listen ? [listen.Message] : [];
    }

    private static IEnumerable<(int Number, string Use, string Key)> Ports(SidecarSettings settings) =>
        settings.Dicom.Ports.Select(port => (port, "DICOM", "Dicom:Ports"))
            .Append((settings.Web.Port, "web", "Web:Port"))
            .Concat(settings.Viewer.Enabled ? [(settings.Viewer.Port, "viewer", "Viewer:Port")] : []);

    private static IEnumerable<Exception> Chain(Exception error)
    {
        for (var e = error; e is not null; e = e.InnerException)
            yield return e;
    }
}
