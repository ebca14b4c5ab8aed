using System.Collections.Concurrent;
using Gantry.Dicom.Network;
using Gantry.Worklist;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantry.Sidecar.Tests.Wire.Mpps;

/// <summary>
/// What a modality was told succeeded is on disk: the real program is killed with kill -9 while modalities work, three
/// times on the same file.
/// </summary>
public sealed class KillTests : IDisposable
{
    private const int Modalities = 4, OrdersOfEach = 150, Kills = 3;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gantry-kill-");

    private string DatabasePath => Path.Combine(_folder.FullName, "worklist.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task An_N_CREATE_or_N_SET_answered_with_success_survives_kill_minus_9_the_same_instant()
    {
        await using (var store = await OpenAsync())
        {
            await store.AddAsync([.. Enumerable.Range(0, Modalities * OrdersOfEach * Kills).Select(i =>
                Orders.Order(Accession(i)) with { StudyInstanceUid = "1.2.3." + (i + 1) })], default);
        }

        var created = new ConcurrentQueue<int>();
        var ended = new ConcurrentQueue<int>();
        for (var kill = 0; kill < Kills; kill++)
        {
            await WorkUntilKilledAsync(kill, created, ended);
            await AssertKeptAsync(created, ended);
        }
    }

    private async Task WorkUntilKilledAsync(int kill, ConcurrentQueue<int> created, ConcurrentQueue<int> ended)
    {
        await using var sidecar = await SidecarProcess.StartAsync(
            _folder.FullName, DatabasePath, "--Orthanc:Enabled", "false", "--Relay:Namespace", "ws://127.0.0.1:9", "--Relay:SharedAccessKey", "key", "--Forwarding:Paused", "true",
            "--EmrSync:Dsn", "Driver={/no/such/driver.so}", "--EmrSync:Preset", "pcsinf", "--EmrWriteBack:Paused", "true");
        var killAt = created.Count + Random.Shared.Next(20, Modalities * OrdersOfEach / 2);
        var working = Enumerable.Range(0, Modalities).Select(async modality =>
        {
            var first = (kill * Modalities + modality) * OrdersOfEach;
            try
            {
                await using var client = await sidecar.ConnectAsync("M" + modality);
                for (var order = first; order < first + OrdersOfEach; order++)
                {
                    var step = Steps.Started(Steps.Of("1.2.3." + (order + 1), Accession(order)));
                    MppsTest.AssertSuccess(await client.CreateStepAsync(Uid(order), step));
                    created.Enqueue(order);
                    if (created.Count >= killAt) sidecar.Kill();
                    if (order % 2 == 1) continue;
                    MppsTest.AssertSuccess(await client.SetStepAsync(Uid(order), Steps.Ended()));
                    ended.Enqueue(order);
                }
            }
            catch (DicomNetworkException) when (sidecar.IsKilled)
            {
                // That is what we are here for
            }
        });
        await Task.WhenAll(working);
        Assert.True(sidecar.IsKilled);
    }

    private async Task AssertKeptAsync(ConcurrentQueue<int> created, ConcurrentQueue<int> ended)
    {
        await using var store = await OpenAsync();
        Assert.Equal("ok", await SqliteCli.RunAsync(DatabasePath, "PRAGMA integrity_check"));
        var messages = (await SqliteCli.RunAsync(DatabasePath, "SELECT target || '|' || event_key FROM outbox"))
            .Split('\n').ToHashSet(StringComparer.Ordinal);
        var isEnded = ended.ToHashSet();
        foreach (var order in created)
        {
            var step = await store.GetStepAsync(Uid(order), default);
            Assert.Equal([Accession(order)], step!.Orders);
            var item = await store.GetAsync(Accession(order), default);
            Assert.Equal(Uid(order), item!.MppsInstanceUid);
            // An N-SET whose answer did not arrive may have been done; one whose answer did arrive must have been
            if (isEnded.Contains(order)) Assert.Equal(StepStatus.Completed, step.Status);
            Assert.Equal(step.Status == StepStatus.Completed ? OrderStatus.Completed : OrderStatus.InProgress, item.Status);
            foreach (var target in (string[])["cloud", "emr"])
            {
                Assert.Contains($"{target}|{Uid(order)}|{Accession(order)}|IN PROGRESS", messages);
                if (step.Status == StepStatus.Completed)
                    Assert.Contains($"{target}|{Uid(order)}|{Accession(order)}|COMPLETED", messages);
            }
        }
    }

    private Task<IWorklistStore> OpenAsync() => WorklistStores.OpenAsync(
        new WorklistStoreOptions { SqlitePath = DatabasePath }, NullLoggerFactory.Instance, TimeProvider.System, default);

    private static string Accession(int order) => $"K{order:D6}";

    private static string Uid(int order) => "1.2.3.4.5." + (order + 1);
}
