using System.Text;
using Gantry.Dicom.Network;

namespace Gantry.Dicom.Tests.Network;

public sealed class NegotiationTests
{
    private const string Implicit = "1.2.840.10008.1.2", Explicit = "1.2.840.10008.1.2.1", Jpeg = "1.2.840.10008.1.2.4.50";

    [Fact]
    public async Task Each_context_is_answered_on_its_own_and_explicit_little_endian_preferred()
    {
        await using var listener = await Listening.WithAsync(new ServiceStub(ServiceStub.Worklist));
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        var answer = await peer.AssociateAsync(ScriptedPeer.Proposal("1.2") with
        {
            PresentationContexts =
            [
                new(1, "1.2.3.4", [Implicit]),
                new(3, ServiceStub.Worklist, [Jpeg]),
                new(5, ServiceStub.Worklist, [Implicit]),
                new(255, ServiceStub.Worklist, [Implicit, Explicit]),
            ],
        });
        Assert.Equal(
            [(1, ContextResult.AbstractSyntaxNotSupported), (3, ContextResult.TransferSyntaxesNotSupported),
             (5, ContextResult.Acceptance), (255, ContextResult.Acceptance)],
            answer.PresentationContexts.Select(c => ((int)c.Id, c.Result)));
        Assert.Equal([Implicit], answer.PresentationContexts[2].TransferSyntaxes);
        Assert.Equal([Explicit], answer.PresentationContexts[3].TransferSyntaxes);
        Assert.Equal(131_072u, answer.MaximumLength);
        Assert.Equal(GantryImplementation.ClassUid, answer.ImplementationClassUid);
    }

    [Fact]
    public async Task A_hundred_and_twenty_eight_contexts_are_answered()
    {
        await using var listener = await Listening.WithAsync(new ServiceStub(ServiceStub.Worklist));
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        var names =
            Enumerable.Range(0, 128).Select(i => i == 127 ? VerificationService.SopClassUid : $"1.2.840.99.{i}").ToArray();
        var answer = await peer.AssociateAsync(ScriptedPeer.Proposal(names));
        Assert.Equal(128, answer.PresentationContexts.Count);
        Assert.Equal(1, answer.PresentationContexts.Count(c => c.Result == ContextResult.Acceptance));
        await peer.EchoAsync(1, contextId: 255);
    }

    [Fact]
    public async Task Window_roles_identity_and_extensions_are_answered_when_proposed()
    {
        AssociationProposal? seen = null;
        await using var listener = await Listening.WithAsync(_ => { }, null, new PolicyStub(proposal =>
        {
            seen = proposal;
            return AssociationDecision.Accept("tag") with { UserIdentityResponse = "ticket"u8.ToArray() };
        }));
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        var answer = await peer.AssociateAsync(ScriptedPeer.Proposal(VerificationService.SopClassUid) with
        {
            AsyncOperationsWindow = new(0, 0),
            RoleSelections = [new(VerificationService.SopClassUid, true, true), new("1.2.3", true, true)],
            UserIdentity = new(2, true, "user"u8.ToArray(), "secret"u8.ToArray()),
            ExtendedNegotiations = [new(VerificationService.SopClassUid, new byte[] { 1 })],
        });
        Assert.Equal(new AsyncOperationsWindow(1, 1), answer.AsyncOperationsWindow);
        Assert.Equal([new RoleSelection(VerificationService.SopClassUid, true, false)], answer.RoleSelections);
        Assert.Equal("ticket", Encoding.ASCII.GetString(answer.UserIdentityResponse!.Value.Span));
        Assert.Empty(answer.ExtendedNegotiations);
        Assert.Equal("user", Encoding.ASCII.GetString(seen!.Parameters.UserIdentity!.Primary.Span));
        Assert.Equal("127.0.0.1", seen.RemoteEndPoint.Address.ToString());
    }

    [Fact]
    public async Task Requests_carry_what_the_policy_attached()
    {
        DimseRequest? seen = null;
        await using var listener = await Listening.WithAsync(
            _ => { }, null, new PolicyStub(_ => AssociationDecision.Accept("ward 7")), new ServiceStub(ServiceStub.Mpps)
            {
                Any = (request, _) =>
                {
                    seen = request;
                    return new(DimseResponse.Success);
                },
            });
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.AssociateAsync(ServiceStub.Mpps);
        await peer.SendMessageAsync(
            1, new RequestCommand(DimseCommand.NDelete, ServiceStub.Mpps) { SopInstanceUid = "1.2.3" }.ToBytes(5, false));
        var (command, _) = await peer.ReceiveMessageAsync();
        Assert.Equal((0x8150, "1.2.3"), (command.Field, command.SopInstanceUid));
        var association = seen!.Association;
        Assert.Equal(
            ("PEER", "GANTRY", (object)"ward 7"),
            (association.CallingAeTitle, association.CalledAeTitle, association.PeerTag));
    }

    [Fact]
    public async Task One_context_id_proposed_twice_is_a_violation_and_the_listener_lives()
    {
        await using var listener = await Listening.WithAsync();
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        PduWriter.Write(output, new Pdu.AssociateRequest(ScriptedPeer.Proposal(VerificationService.SopClassUid, "1.2.3")));
        var bytes = output.WrittenSpan.ToArray();
        var second = bytes.AsSpan().IndexOf(new byte[] { 3, 0, 0, 0, 0x30 }); // id 3 before its abstract syntax item
        bytes[second] = 1;
        await peer.SendBytesAsync(bytes);
        Assert.IsType<Pdu.Abort>(await peer.ReceiveAsync());
        await listener.StillServesAsync();
    }

    [Fact]
    public async Task Names_that_are_no_UIDs_are_refused_in_their_context_alone()
    {
        await using var listener = await Listening.WithAsync();
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        PduWriter.Write(output, new Pdu.AssociateRequest(ScriptedPeer.Proposal(VerificationService.SopClassUid, "1.2.99.1")));
        var bytes = output.WrittenSpan.ToArray();
        "abcdefgh"u8.CopyTo(bytes.AsSpan(bytes.AsSpan().IndexOf("1.2.99.1"u8)));
        "xyz"u8.CopyTo(bytes.AsSpan(bytes.AsSpan().LastIndexOf("1.2.840.10008.1.2"u8)));
        await peer.SendBytesAsync(bytes);
        var answer = Assert.IsType<Pdu.AssociateAccept>(await peer.ReceiveAsync()).Parameters;
        Assert.Equal(
            [ContextResult.Acceptance, ContextResult.AbstractSyntaxNotSupported],
            answer.PresentationContexts.Select(c => c.Result));
    }

    public static TheoryData<string, RejectResult, RejectSource, byte> Rejections => new()
    {
        { "application context", RejectResult.Permanent, RejectSource.ServiceUser, 2 },
        { "protocol version", RejectResult.Permanent, RejectSource.ServiceProviderAcse, 2 },
        { "calling", RejectResult.Permanent, RejectSource.ServiceUser, 3 },
        { "called", RejectResult.Permanent, RejectSource.ServiceUser, 7 },
        { "no reason", RejectResult.Permanent, RejectSource.ServiceUser, 1 },
        { "congestion", RejectResult.Transient, RejectSource.ServiceProviderPresentation, 1 },
        { "limit", RejectResult.Transient, RejectSource.ServiceProviderPresentation, 2 },
    };

    [Theory]
    [MemberData(nameof(Rejections))]
    public async Task A_rejection_names_its_source_and_reason(string why, RejectResult result, RejectSource source, byte reason)
    {
        await using var listener = await Listening.WithAsync(
            o => o.MaximumAssociations = why == "limit" ? 1 : 10, null, new PolicyStub(_ => why switch
        {
            "calling" => AssociationDecision.RejectCallingAeTitle,
            "called" => AssociationDecision.RejectCalledAeTitle,
            "no reason" => AssociationDecision.RejectNoReason,
            "congestion" => AssociationDecision.RejectCongestion,
            _ => AssociationDecision.Accept(),
        }));
        await using var first = await ScriptedPeer.ConnectAsync(listener);
        if (why == "limit") await first.AssociateAsync(VerificationService.SopClassUid);
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        var proposal = ScriptedPeer.Proposal(VerificationService.SopClassUid);
        await peer.SendAsync(new Pdu.AssociateRequest(why switch
        {
            "application context" => proposal with { ApplicationContext = "1.2.3" },
            "protocol version" => proposal with { ProtocolVersion = 2 },
            _ => proposal,
        }));
        var reject = Assert.IsType<Pdu.AssociateReject>(await peer.ReceiveAsync());
        Assert.Equal((result, source, reason), (reject.Result, reject.Source, reject.Reason));
        peer.HalfClose();
        await peer.ExpectEndAsync();
    }

    private sealed class PolicyStub(Func<AssociationProposal, AssociationDecision> decide) : IAssociationPolicy
    {
        public AssociationDecision Decide(AssociationProposal proposal) => decide(proposal);
    }
}
