using Gantry.Dicom.Network;

namespace Gantry.Dicom.Tests.Network;

public sealed class RepeatedReleaseTests
{
    /// <summary>dcmjs-dimse asks for release once per response after a C-CANCEL. Its first one is answered as ever.</summary>
    [Fact]
    public async Task A_release_is_answered_before_what_comes_behind_it_is_looked_at()
    {
        await using var listener = await Listening.WithAsync();
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.AssociateAsync(VerificationService.SopClassUid);

        await peer.SendAsync(new Pdu.ReleaseRequest(), new Pdu.ReleaseRequest(), new Pdu.ReleaseRequest());

        Assert.IsType<Pdu.ReleaseResponse>(await peer.ReceiveAsync());
        peer.HalfClose();
        await peer.ExpectEndAsync();
    }
}
