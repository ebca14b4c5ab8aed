using Quartz;

namespace Gantry.Sidecar.Emr;

/// <summary>What the schedule does: one sync. Its result is told by <see cref="OrderRuns"/>, never by an exception.</summary>
[DisallowConcurrentExecution]
internal sealed class SyncJob(OrderRuns runs) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await runs.StartAsync(new("schedule")).WaitAsync(cancellationToken);
}
