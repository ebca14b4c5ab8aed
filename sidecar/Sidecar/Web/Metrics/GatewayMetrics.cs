using System.Diagnostics.Metrics;
using Gantry.Sidecar.Hosting;

namespace Gantry.Sidecar.Web;

/// <summary>The gateway's own numbers, and the process's. Features add theirs with a meter whose name starts with Gantry.</summary>
internal sealed class GatewayMetrics : IDisposable
{
    /// <summary>Meters whose names start so are shown.</summary>
    public const string Prefix = "Gantry";

    private readonly Meter _meter = new("Gantry.Sidecar");

    public GatewayMetrics(DicomListenerService listener)
    {
        var counters = listener.Counters;
        _meter.CreateObservableGauge("dicom_associations", () => listener.AssociationCount, description: "Associations that stand now");
        Counter("dicom_associations_accepted", () => counters.AssociationsAccepted, "Associations accepted");
        Counter("dicom_associations_rejected", () => counters.AssociationsRejected, "Associations rejected");
        Counter("dicom_associations_aborted", () => counters.AssociationsAborted, "Associations that ended by an abort");
        Counter("dicom_connections_refused", () => counters.ConnectionsRefused, "Connections closed because too many were waiting");
        Counter("dicom_requests", () => counters.Requests, "DIMSE requests answered");
        Counter("dicom_requests_failed", () => counters.RequestsFailed, "DIMSE requests answered with a failure");
        Counter("dicom_pending_responses", () => counters.PendingResponses, "Worklist answers sent");
        _meter.CreateObservableGauge("process_resident_memory_bytes", () => Environment.WorkingSet, description: "Memory of the process");
        _meter.CreateObservableGauge("process_heap_bytes", () => GC.GetTotalMemory(false), description: "Managed heap in use");
        _meter.CreateObservableCounter(
            "process_cpu_seconds", () => Environment.CpuUsage.TotalTime.TotalSeconds, description: "Processor time used");
    }

    public void Dispose() => _meter.Dispose();

    private void Counter(string name, Func<long> value, string description) =>
        _meter.CreateObservableCounter(name, value, description: description);
}
