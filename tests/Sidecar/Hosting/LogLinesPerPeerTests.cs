using System.Collections.Concurrent;
using Gantry.Dicom;
using Gantry.Dicom.Network;
using Gantry.Sidecar.Tests.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gantry.Sidecar.Tests.Hosting;

/// <summary>One peer cannot fill the log, whichever part of the gateway writes the lines that it causes.</summary>
public sealed class LogLinesPerPeerTests
{
    private const string Ct = "1.2.840.10008.5.1.4.1.1.2";

    [Fact]
    public async Task Refused_images_are_told_so_many_times_a_minute()
    {
        await using var gateway = await StartAsync();
        var lines = LinesOf(gateway);
        await using var modality = await ConnectAsync(gateway, Ct);
        for (var i = 0; i < 10; i++)
            await modality.StoreAsync(new DicomFile(new DicomDataset().Set(DicomTags.SOPClassUID, Ct).Set(DicomTags.SOPInstanceUID, DicomUid.New()), TransferSyntax.ImplicitVrLittleEndian));
        Assert.InRange(lines.Count(id => id == 3104), 1, 3);
    }

    [Fact]
    public async Task Callers_turned_away_are_told_so_many_times_a_minute()
    {
        await using var gateway = await StartAsync("Dicom:CheckCalledAeTitle=true");
        var lines = LinesOf(gateway);
        for (var i = 0; i < 10; i++)
            await Assert.ThrowsAsync<AssociationRejectedException>(() => ConnectAsync(gateway, RawScu.Verification));
        Assert.InRange(lines.Count(id => id == 3102), 1, 3);
    }

    [Fact]
    public async Task Steps_are_told_so_many_times_a_minute_and_each_in_one_line()
    {
        await using var gateway = await StartAsync();
        var lines = LinesOf(gateway);
        await using var modality = await ConnectAsync(gateway, RawScu.Mpps);
        Assert.Equal(0, (await modality.CreateStepAsync("1.2.3.1", Steps.Started())).Status);
        Assert.Equal([3301], lines.Where(id => id is >= 3300 and < 3400 or 2004));
        for (var i = 2; i < 12; i++)
            Assert.Equal(0, (await modality.CreateStepAsync($"1.2.3.{i}", Steps.Started())).Status);
        Assert.InRange(lines.Count(id => id == 3301), 1, 3);
    }

    private static Task<RunningGateway> StartAsync(params string[] settings) =>
        RunningGateway.StartAsync([.. settings, "Dicom:LogLinesPerPeer=3", "Logging:LogLevel:Default=Information"]);

    private static ConcurrentQueue<int> LinesOf(RunningGateway gateway)
    {
        var list = new EventList();
        gateway.Services.GetRequiredService<ILoggerFactory>().AddProvider(list);
        return list.Ids;
    }

    private static Task<DicomClient> ConnectAsync(RunningGateway gateway, string sopClass) => DicomClient.ConnectAsync(new()
    {
        Host = "127.0.0.1", Port = gateway.Listener.EndPoints[0].Port, CallingAeTitle = "CT1", CalledAeTitle = "ANY-SCP",
        Contexts = [new(sopClass, TransferSyntax.ImplicitVrLittleEndian)],
    });

    private sealed class EventList : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<int> Ids { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Ids.Enqueue(eventId.Id);

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public void Dispose() { }
    }
}
