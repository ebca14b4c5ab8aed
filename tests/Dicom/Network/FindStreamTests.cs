using Gantry.Dicom.Network;

namespace Gantry.Dicom.Tests.Network;

public sealed class FindStreamTests
{
    private static readonly byte[] Identifier = [0x10, 0, 0x10, 0, 0, 0, 0, 0];

    [Theory]
    [InlineData(0, 700)]
    [InlineData(16384, 700)]
    [InlineData(4096, 6000)]
    [InlineData(128, 300)]
    [InlineData(1, 50)]
    [InlineData(131072, 200000)]
    public async Task Every_answer_arrives_whole_whatever_length_the_peer_takes(uint maximumLength, int bytes)
    {
        await using var listener = await Listening.WithAsync(ServiceStub.WorklistOf(300, bytes));
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.AssociateAsync(ScriptedPeer.Proposal(ServiceStub.Worklist) with { MaximumLength = maximumLength });
        await peer.SendMessageAsync(1, ScriptedPeer.Find(4), Identifier);
        for (var i = 0; i < 300; i++)
        {
            var (command, data) = await peer.ReceiveMessageAsync();
            Assert.Equal(DimseStatus.Pending, command.Status);
            Assert.Equal((4, ServiceStub.Worklist), (command.MessageIdRespondedTo, command.SopClassUid));
            Assert.Equal(bytes, data.Length);
            Assert.All(data, b => Assert.Equal((byte)i, b));
        }
        var last = await peer.ReceiveMessageAsync();
        Assert.Equal(DimseStatus.Success, last.Command.Status);
        Assert.False(last.Command.HasDataSet);
        if (maximumLength > 8) Assert.InRange(peer.LongestData, 1, (int)maximumLength);
    }

    [Fact]
    public async Task A_cancel_in_mid_stream_ends_it_with_FE00_and_the_association_lives()
    {
        const int answers = 2_000_000;
        await using var listener = await Listening.WithAsync(ServiceStub.WorklistOf(answers, 800));
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.AssociateAsync(VerificationService.SopClassUid, ServiceStub.Worklist);
        await peer.SendMessageAsync(3, ScriptedPeer.Find(9), Identifier);
        await peer.ReceiveMessageAsync();
        await peer.SendMessageAsync(3, RequestCommand.Cancel(9));
        var received = 1;
        CommandSet command;
        do
        {
            (command, _) = await peer.ReceiveMessageAsync();
            received++;
        }
        while (command.Status == DimseStatus.Pending);
        Assert.Equal(DimseStatus.Cancel, command.Status);
        Assert.InRange(received, 2, answers / 10);
        await peer.EchoAsync(10);
    }

    [Fact]
    public async Task A_cancel_that_comes_with_its_request_is_seen_before_anything_is_sent()
    {
        await using var listener = await Listening.WithAsync(ServiceStub.WorklistOf(10_000, 800));
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.AssociateAsync(ServiceStub.Worklist);
        await peer.SendAsync(
            [.. ScriptedPeer.Message(1, ScriptedPeer.Find(2), Identifier), .. ScriptedPeer.Message(1, RequestCommand.Cancel(2))]);
        Assert.Equal(DimseStatus.Cancel, (await peer.ReceiveMessageAsync()).Command.Status);
    }

    [Fact]
    public async Task A_cancel_reaches_a_service_that_waits_for_something_else()
    {
        var started = new TaskCompletionSource();
        await using var listener = await Listening.WithAsync(new ServiceStub(ServiceStub.Worklist)
        {
            Find = async (_, responses, _) =>
            {
                responses.GetSpan(8)[..8].Clear();
                responses.Advance(8);
                responses.Commit();
                started.SetResult();
                await Eventually.HoldsAsync(() => responses.IsCancelled, "the C-CANCEL is seen");
                return new DimseResponse(DimseStatus.Cancel);
            },
        });
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.AssociateAsync(ServiceStub.Worklist);
        await peer.SendMessageAsync(1, ScriptedPeer.Find(2), Identifier);
        await started.Task;
        await peer.SendMessageAsync(1, RequestCommand.Cancel(99)); // of another message: not for this one
        await peer.SendMessageAsync(1, RequestCommand.Cancel(2));
        Assert.Equal(DimseStatus.Cancel, (await peer.ReceiveMessageAsync()).Command.Status);
    }

    [Fact]
    public async Task A_late_cancel_is_ignored()
    {
        await using var listener = await Listening.WithAsync(ServiceStub.WorklistOf(1, 100));
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.AssociateAsync(VerificationService.SopClassUid, ServiceStub.Worklist);
        await peer.SendMessageAsync(3, ScriptedPeer.Find(2), Identifier);
        await peer.ReceiveMessageAsync();
        Assert.Equal(DimseStatus.Success, (await peer.ReceiveMessageAsync()).Command.Status);
        await peer.SendMessageAsync(3, RequestCommand.Cancel(2));
        await peer.EchoAsync(3);
    }

    [Fact]
    public async Task An_answer_that_was_discarded_or_not_committed_is_not_sent()
    {
        await using var listener = await Listening.WithAsync(new ServiceStub(ServiceStub.Worklist)
        {
            Find = (_, responses, _) =>
            {
                Write(responses, 1);
                responses.Discard();
                Write(responses, 2);
                responses.Commit(DimseStatus.PendingWithWarnings);
                Write(responses, 3);
                return new(DimseResponse.Success);
            },
        });
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.AssociateAsync(ServiceStub.Worklist);
        await peer.SendMessageAsync(1, ScriptedPeer.Find(2), Identifier);
        var (command, data) = await peer.ReceiveMessageAsync();
        Assert.Equal(DimseStatus.PendingWithWarnings, command.Status);
        Assert.Equal(new byte[] { 2, 2 }, data);
        Assert.Equal(DimseStatus.Success, (await peer.ReceiveMessageAsync()).Command.Status);

        static void Write(FindResponses responses, byte value)
        {
            responses.GetSpan(2)[..2].Fill(value);
            responses.Advance(2);
        }
    }

    [Fact]
    public async Task Failures_of_a_service_become_statuses_in_one_place()
    {
        await using var listener = await Listening.WithAsync(new ServiceStub(ServiceStub.Worklist)
        {
            Find = (request, _, _) => request.MessageId switch
            {
                1 => throw new DimseException(0xA900, new string('x', 70), new DicomTag(0x0010, 0x0010)),
                2 => throw new InvalidOperationException("a fault"),
                3 => throw new DicomFormatException("no data set"),
                _ => new(new DimseResponse(0xA700) { ErrorComment = "Ärger" }),
            },
        });
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.AssociateAsync(ServiceStub.Worklist);
        var first = await AskAsync(1);
        Assert.Equal((0xA900, new string('x', 64)), (first.Status, first.ErrorComment));
        Assert.Equal([new DicomTag(0x0010, 0x0010)], first.OffendingElements);
        Assert.Equal(DimseStatus.ProcessingFailure, (await AskAsync(2)).Status);
        Assert.Equal(DimseStatus.UnableToProcess, (await AskAsync(3)).Status);
        Assert.Equal("?rger", (await AskAsync(4)).ErrorComment);

        async Task<CommandSet> AskAsync(ushort messageId)
        {
            await peer.SendMessageAsync(1, ScriptedPeer.Find(messageId), Identifier);
            return (await peer.ReceiveMessageAsync()).Command;
        }
    }

    [Fact]
    public async Task Operations_that_a_service_lacks_are_unrecognized_and_foreign_classes_not_supported()
    {
        await using var listener = await Listening.WithAsync(new ServiceStub(ServiceStub.Worklist));
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.AssociateAsync(ServiceStub.Worklist);
        DimseCommand[] commands =
        [
            DimseCommand.CFind, DimseCommand.CMove, DimseCommand.CGet, DimseCommand.CStore, DimseCommand.NCreate,
            (DimseCommand)0x0777,
        ];
        foreach (var command in commands)
        {
            await peer.SendMessageAsync(1, new RequestCommand(command, ServiceStub.Worklist).ToBytes(1, true), Identifier);
            Assert.Equal(DimseStatus.UnrecognizedOperation, (await peer.ReceiveMessageAsync()).Command.Status);
        }
        await peer.SendMessageAsync(1, new RequestCommand(DimseCommand.CFind, ServiceStub.Mpps).ToBytes(1, true), Identifier);
        Assert.Equal(DimseStatus.SopClassNotSupported, (await peer.ReceiveMessageAsync()).Command.Status);
    }
}
