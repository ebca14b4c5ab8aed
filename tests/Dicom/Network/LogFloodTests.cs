using Gantry.Dicom.Network;

namespace Gantry.Dicom.Tests.Network;

public sealed class LogFloodTests
{
    private const int Violation = 1015, Refused = 1003, LeftOut = 1004, Answered = 1021;

    [Fact]
    public async Task A_flood_of_bad_connections_leaves_so_many_lines_a_minute_and_one_that_counts_the_rest()
    {
        var (log, time) = (new LogList(), new FakeTime());
        await using var listener = await Listening.WithLogAsync(log, o => o.LogLinesPerPeer = 5, time, null);
        for (var i = 0; i < 20; i++) await SpeakHttpAsync(listener);
        Assert.Equal(5, log.Count(Violation));
        Assert.Equal(0, log.Count(LeftOut));

        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(
            "15 further line(s) about 127.0.0.1 within one minute were left out", log.Lines.Single(l => l.Id == LeftOut).Text);

        await SpeakHttpAsync(listener);
        Assert.Equal(6, log.Count(Violation)); // a new minute
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, log.Count(LeftOut));   // in which nothing was left out
    }

    [Fact]
    public async Task Connections_refused_at_once_and_rejected_or_failed_requests_count_too_and_stopping_tells_the_rest()
    {
        var log = new LogList();
        await using var listener = await Listening.WithLogAsync(
            log, o => (o.LogLinesPerPeer, o.MaximumPendingConnections) = (2, 1), null, null, new ServiceStub(ServiceStub.Mpps));
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.AssociateAsync(ServiceStub.Mpps);
        await using var pending = await ScriptedPeer.ConnectAsync(listener);
        for (var i = 0; i < 3; i++)
        {
            await using var refused = await ScriptedPeer.ConnectAsync(listener);
            await refused.ExpectEndAsync();
        }
        for (ushort id = 1; id <= 3; id++)
        {
            await peer.SendMessageAsync(1, ServiceStub.Delete(id));
            Assert.Equal(DimseStatus.UnrecognizedOperation, (await peer.ReceiveMessageAsync()).Command.Status);
        }
        await listener.StopAsync(TimeSpan.Zero);
        Assert.Equal((2, 0), (log.Count(Refused), log.Count(Answered)));
        // 1 refused and 3 requests; the two that stopping ended
        Assert.Matches("^[456] further line", log.Lines.Single(l => l.Id == LeftOut).Text);
    }

    [Fact]
    public async Task What_a_peer_calls_a_sop_class_cannot_make_log_lines_of_its_own()
    {
        var log = new LogList();
        await using var listener = await Listening.WithLogAsync(log, _ => { }, null, null, new ServiceStub(ServiceStub.Mpps));
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.AssociateAsync(ServiceStub.Mpps);
        var writer = new CommandWriter(new byte[4096]);
        writer.Uid(0x0002, new string('9', 2000));
        writer.UInt16(0x0100, (ushort)DimseCommand.NDelete);
        writer.UInt16(0x0110, 1);
        writer.UInt16(0x0800, CommandSet.NoDataSet);
        var command = writer.Finish().ToArray();
        "1.2\r\nFAKE LINE"u8.CopyTo(command.AsSpan(20)); // the value begins behind the group length and its own header
        await peer.SendMessageAsync(1, command);
        Assert.Equal(DimseStatus.SopClassNotSupported, (await peer.ReceiveMessageAsync()).Command.Status);
        var line = log.Lines.Single(l => l.Id == Answered).Text;
        Assert.Contains("not a UID", line, StringComparison.Ordinal);
        Assert.DoesNotContain("FAKE", line, StringComparison.Ordinal);
    }

    private static async Task SpeakHttpAsync(DicomListener listener)
    {
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.SendBytesAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
        await peer.ExpectAbortAsync(AbortSource.ServiceUser, AbortReason.NotSpecified);
    }
}
