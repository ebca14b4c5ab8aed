using System.Net;
using Gantry.Dicom.Network;
using Gantry.Sidecar.Peers;
using Gantry.Sidecar.Settings;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantry.Sidecar.Tests.Peers;

public sealed class AllowListTests
{
    private static readonly ModalityOptions Ct = new() { Name = "CT1", AeTitle = "CT1", Host = "192.168.1.100", Port = 104 };

    [Theory]
    [InlineData("ANYBODY", "ANY-SCP")]
    [InlineData("CT1", "ORTHANC_MWL")]
    public void By_default_everybody_may_call_by_any_title(string calling, string called)
    {
        var decision = Decide(new(), calling, called, "10.0.0.9");
        Assert.True(decision.IsAccepted);
        Assert.IsType<Peer>(decision.PeerTag);
    }

    [Fact]
    public void With_checking_on_an_unknown_caller_is_not_recognized()
    {
        var decision = Decide(new() { CheckCallingAeTitle = true, Modalities = [Ct] }, "STRANGER", "WORKLISTS", "192.168.1.100");
        Assert.Equal((false, RejectResult.Permanent, RejectSource.ServiceUser, (byte)3), Answer(decision));
    }

    [Fact]
    public void With_checking_on_a_known_caller_may_come_from_anywhere() =>
        Assert.True(Decide(new() { CheckCallingAeTitle = true, Modalities = [Ct] }, "CT1 ", "X", "10.0.0.9").IsAccepted);

    [Fact]
    public void With_the_host_checked_too_a_known_caller_must_be_where_it_is_known()
    {
        var dicom = new DicomOptions { CheckModalityHost = true, Modalities = [Ct] };
        Assert.True(Decide(dicom, "CT1", "X", "192.168.1.100").IsAccepted);
        Assert.Equal((false, RejectResult.Permanent, RejectSource.ServiceUser, (byte)3), Answer(Decide(dicom, "CT1", "X", "192.168.1.101")));
    }

    [Fact]
    public void With_the_called_title_checked_another_title_is_not_recognized()
    {
        var dicom = new DicomOptions { CheckCalledAeTitle = true };
        Assert.True(Decide(dicom, "CT1", "WORKLISTS", "10.0.0.9").IsAccepted);
        Assert.Equal((false, RejectResult.Permanent, RejectSource.ServiceUser, (byte)7), Answer(Decide(dicom, "CT1", "ANY-SCP", "10.0.0.9")));
    }

    [Fact]
    public void The_gateway_may_always_call_itself()
    {
        var dicom = new DicomOptions { CheckCallingAeTitle = true, CheckCalledAeTitle = true, CheckModalityHost = true, Modalities = [Ct] };
        Assert.True(Decide(dicom, "WORKLISTS", "WORKLISTS", "127.0.0.1").IsAccepted);
        Assert.False(Decide(dicom, "WORKLISTS", "WORKLISTS", "10.0.0.9").IsAccepted);
    }

    [Fact]
    public async Task A_host_name_is_resolved_before_anybody_connects()
    {
        var dicom = new DicomOptions
        {
            CheckModalityHost = true, Modalities = [new() { Name = "CT1", AeTitle = "CT1", Host = "localhost", Port = 104 }],
        };
        Assert.True((await DecideAsync(dicom, "CT1", "X", "127.0.0.1")).IsAccepted);
    }

    [Fact]
    public async Task A_host_name_that_no_resolver_takes_ends_nothing()
    {
        var dicom = new DicomOptions
        {
            CheckModalityHost = true,
            Modalities =
            [
                new() { Name = "CT1", AeTitle = "CT1", Host = new string('a', 300), Port = 104 },
                new() { Name = "CT2", AeTitle = "CT2", Host = "localhost", Port = 104 },
            ],
        };
        Assert.True((await DecideAsync(dicom, "CT2", "X", "127.0.0.1")).IsAccepted);
    }

    private static AssociationDecision Decide(DicomOptions dicom, string calling, string called, string address) =>
        Policy(new() { Dicom = dicom }, out _).Decide(Proposal(calling, called, address));

    private static async Task<AssociationDecision> DecideAsync(DicomOptions dicom, string calling, string called, string address)
    {
        var policy = Policy(new() { Dicom = dicom }, out var modalities);
        await modalities.StartAsync(CancellationToken.None);
        try
        {
            return policy.Decide(Proposal(calling, called, address));
        }
        finally
        {
            await modalities.StopAsync(CancellationToken.None);
            modalities.Dispose();
        }
    }

    private static AllowList Policy(SidecarSettings settings, out KnownModalities modalities)
    {
        modalities = new(settings, TimeProvider.System, NullLogger<KnownModalities>.Instance);
        return new(settings, new(settings), modalities, NullLogger<AllowList>.Instance);
    }

    private static AssociationProposal Proposal(string calling, string called, string address) => new(
        new() { CallingAeTitle = calling, CalledAeTitle = called, PresentationContexts = [] },
        new(IPAddress.Parse(address), 40000), new(IPAddress.Loopback, 5243));

    private static (bool, RejectResult, RejectSource, byte) Answer(AssociationDecision decision) =>
        (decision.IsAccepted, decision.Result, decision.Source, decision.Reason);
}
