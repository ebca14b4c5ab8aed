using Gantry.Dicom.Network;

namespace Gantry.Dicom.Tests.Network;

/// <summary>Faults of our own side: the peer gets an answer, the place is free again, and the log has the reason.</summary>
public sealed class FaultTests
{
    private const int Fault = 1018;

    [Fact]
    public async Task A_policy_that_fails_rejects_for_now()
    {
        var log = new LogList();
        var policy = new FailingPolicy();
        await using var listener = await Listening.WithLogAsync(log, _ => { }, null, policy);
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.SendAsync(new Pdu.AssociateRequest(ScriptedPeer.Proposal(VerificationService.SopClassUid)));
        var reject = Assert.IsType<Pdu.AssociateReject>(await peer.ReceiveAsync());
        Assert.Equal((RejectResult.Transient, RejectSource.ServiceProviderPresentation), (reject.Result, reject.Source));
        Assert.Equal(1, log.Count(Fault));
        policy.IsMended = true;
        await listener.StillServesAsync();
    }

    [Fact]
    public async Task A_service_that_fails_in_negotiation_ends_the_association_with_an_abort()
    {
        var log = new LogList();
        await using var listener = await Listening.WithLogAsync(log, _ => { }, null, null, new FailingNegotiator());
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.SendAsync(new Pdu.AssociateRequest(ScriptedPeer.Proposal(ServiceStub.Mpps) with
        {
            ExtendedNegotiations = [new(ServiceStub.Mpps, new byte[] { 1 })],
        }));
        await peer.ExpectAbortAsync(AbortSource.ServiceProvider, AbortReason.NotSpecified);
        await peer.ExpectEndAsync();
        await listener.HasNoAssociationAsync();
        Assert.Equal((1, 1L), (log.Count(Fault), listener.Counters.AssociationsAborted));
        await listener.StillServesAsync();
    }

    private sealed class FailingPolicy : IAssociationPolicy
    {
        public bool IsMended { get; set; }

        public AssociationDecision Decide(AssociationProposal proposal) =>
            IsMended ? AssociationDecision.Accept() : throw new InvalidOperationException("a fault");
    }

    private sealed class FailingNegotiator : SopClassService
    {
        public override IReadOnlyList<string> SopClassUids { get; } = [ServiceStub.Mpps];

        public override ReadOnlyMemory<byte>? AnswerExtendedNegotiation(ExtendedNegotiation proposed) =>
            throw new InvalidOperationException("a fault");
    }
}
