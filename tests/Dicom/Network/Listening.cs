using System.Net;
using Gantry.Dicom.Network;

namespace Gantry.Dicom.Tests.Network;

/// <summary>A listener on a free port of the loopback address.</summary>
internal static class Listening
{
    public static Task<DicomListener> WithAsync(params SopClassService[] services) => WithAsync(_ => { }, null, null, services);

    public static async Task<DicomListener> WithAsync(
        Action<DicomListenerOptions> configure, TimeProvider? time, IAssociationPolicy? policy,
        params SopClassService[] services) =>
        await WithLogAsync(null, configure, time, policy, services);

    /// <summary>As the others, and what it logs goes to a list.</summary>
    public static async Task<DicomListener> WithLogAsync(
        LogList? log, Action<DicomListenerOptions> configure, TimeProvider? time, IAssociationPolicy? policy,
        params SopClassService[] services)
    {
        var options = new DicomListenerOptions { EndPoints = [new IPEndPoint(IPAddress.Loopback, 0)] };
        configure(options);
        var listener = new DicomListener(options, [new VerificationService(), .. services], policy, log, time);
        await listener.StartAsync();
        return listener;
    }

    public static int Port(this DicomListener listener) => listener.BoundEndPoints[0].Port;

    /// <summary>Waits, for a bounded time, until no association is left.</summary>
    public static Task HasNoAssociationAsync(this DicomListener listener) =>
        Eventually.HoldsAsync(() => listener.AssociationCount == 0, "no association is left");

    /// <summary>A new peer is served: whatever happened before has not hurt the listener.</summary>
    public static async Task StillServesAsync(this DicomListener listener)
    {
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.AssociateAsync(VerificationService.SopClassUid);
        await peer.EchoAsync(1);
        await peer.ReleaseAsync();
    }
}
