using System.Net;
using Gantry.Dicom.Network;
using Gantry.Sidecar.Hosting;
using Gantry.Sidecar.Settings;
using Gantry.Worklist;

namespace Gantry.Sidecar.Health;

/// <summary>The checks behind <c>/health</c>: real traffic, a C-ECHO to each of our listeners, a query of the store, and the probes.</summary>
internal sealed class HealthChecks(
    SidecarSettings settings, DicomListenerService listener, IWorklistStore store, IEnumerable<IHealthProbe> probes, TimeProvider time)
{
    /// <summary>Runs every check, at the same time.</summary>
    public async Task<IReadOnlyList<HealthCheck>> RunAsync(CancellationToken cancellationToken)
    {
        var beside = Task.WhenAll(probes.Select(probe => probe.CheckAsync(cancellationToken)));
        var checks = listener.EndPoints
            .Select(endPoint => TimedAsync($"dicom {endPoint}", token => EchoAsync(endPoint, token), cancellationToken))
            .Append(TimedAsync("worklist", QueryAsync, cancellationToken));
        if (listener.EndPoints.Count == 0)
            checks = checks.Append(Task.FromResult(new HealthCheck("dicom", HealthReport.Unhealthy, 0, "connect", "No port is listening.")));
        var own = await Task.WhenAll(checks);
        return [.. own, .. (await beside).OfType<HealthCheck>()];
    }

    private async Task<HealthCheck> TimedAsync(string name, Func<CancellationToken, Task> check, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(settings.Web.HealthTimeout);
        try
        {
            await check(limit.Token);
            return new(name, HealthReport.Healthy, Elapsed(start));
        }
        catch (DicomNetworkException error)
        {
            return new(name, HealthReport.Unhealthy, Elapsed(start), Word(error.Phase), error.Message);
        }
        catch (DimseException error)
        {
            return new(name, HealthReport.Unhealthy, Elapsed(start), Word(NetworkPhase.AwaitReply), error.Message);
        }
        catch (WorklistStoreException error)
        {
            return new(name, HealthReport.Unhealthy, Elapsed(start), "store", error.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(name, HealthReport.Unhealthy, Elapsed(start), name == "worklist" ? "store" : Word(NetworkPhase.AwaitReply),
                $"No answer within {settings.Web.HealthTimeout.TotalSeconds} s.");
        }
    }

    private async Task EchoAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var any = endPoint.Address.Equals(IPAddress.Any) || endPoint.Address.Equals(IPAddress.IPv6Any);
        var loopback = endPoint.Address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? IPAddress.Loopback : IPAddress.IPv6Loopback;
        await using var client = await DicomClient.ConnectAsync(
            new DicomClientOptions
            {
                Host = (any ? loopback : endPoint.Address).ToString(),
                Port = endPoint.Port,
                CallingAeTitle = settings.Dicom.AeTitle,
                CalledAeTitle = settings.Dicom.AeTitle,
                Tls = settings.Dicom.Tls.Enabled ? TlsFiles.SelfOptions(settings.Dicom.Tls) : null,
            },
            cancellationToken: cancellationToken);
        (await client.EchoAsync(cancellationToken)).EnsureSuccess();
        await client.ReleaseAsync(cancellationToken);
    }

    private async Task QueryAsync(CancellationToken cancellationToken)
    {
        var today = time.Today().ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);
        await using var cursor = await store.QueryAsync(
            new WorklistCriteria
            {
                Statuses = [OrderStatus.Scheduled], DateFrom = today, DateTo = today, Columns = [WorklistColumn.AccessionNumber],
            },
            cancellationToken: cancellationToken);
        await cursor.ReadAsync(cancellationToken);
    }

    private double Elapsed(long start) => Math.Round(time.GetElapsedTime(start).TotalMilliseconds, 2);

    private static string Word(NetworkPhase phase) => phase switch
    {
        NetworkPhase.Resolve => "resolve",
        NetworkPhase.Listen => "listen",
        NetworkPhase.Connect => "connect",
        NetworkPhase.Tls => "tls",
        NetworkPhase.Associate => "associate",
        NetworkPhase.Send => "send",
        NetworkPhase.AwaitReply => "await reply",
        NetworkPhase.Release => "release",
    };
}
