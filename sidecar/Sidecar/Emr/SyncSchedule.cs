using Gantry.Sidecar.Settings;
using Microsoft.Data.Sqlite;
using Npgsql;
using Quartz;

namespace Gantry.Sidecar.Emr;

/// <summary>
/// Syncs with the EMR by the schedule of the settings. Quartz keeps the schedule in the worklist's own database: a sync that fell due
/// while the gateway was down is made up for, and gateways that share a PostgreSQL share one schedule.
/// </summary>
internal sealed class SyncSchedule(
    SidecarSettings settings, OrderRuns runs, TimeProvider time, ILoggerFactory loggers, ILogger<SyncSchedule> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);
    private static readonly TriggerKey Trigger = new("orders", "emr");
    private static readonly JobKey Job = new("orders", "emr");

    private volatile IScheduler? _scheduler;

    /// <summary>When the next sync is due; null while that is not known.</summary>
    public async Task<DateTimeOffset?> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return _scheduler is { } scheduler && await scheduler.GetTrigger(Trigger, cancellationToken) is { } trigger ? trigger.NextFireTimeUtc : null;
        }
        catch (SchedulerException)
        {
            return null; // the store is away, which /health tells
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A gateway that comes back first looks what it missed
        var first = runs.StartAsync(new("start"));
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                _scheduler = await StartSchedulerAsync(stoppingToken);
                break;
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                Log.ScheduleAway(logger, error, Pause.TotalSeconds);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        await ((Task)first).WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_scheduler is { } scheduler) await scheduler.Shutdown(false, cancellationToken);
    }

    private async Task<IScheduler> StartSchedulerAsync(CancellationToken cancellationToken)
    {
        var scheduler = await QuartzSchedulerBuilder.Create(Describe).BuildScheduler(cancellationToken);
        try
        {
            await ScheduleAsync(scheduler, cancellationToken);
            await scheduler.Start(cancellationToken);
            Log.EmrScheduled(logger, settings.EmrSync.Schedule, (await scheduler.GetTrigger(Trigger, cancellationToken))?.NextFireTimeUtc);
            return scheduler;
        }
        catch
        {
            await scheduler.Shutdown(false, CancellationToken.None);
            throw;
        }
    }

    private void Describe(IQuartzBuilder quartz)
    {
        quartz.Services.AddSingleton(loggers);
        quartz.Services.AddSingleton(runs);
        quartz.UseTimeProvider(time);
        quartz.AddJobType<SyncJob>();
        quartz.UseDefaultThreadPool(1);
        quartz.ConfigureScheduler(options =>
        {
            options.InstanceName = "gantry";
            options.GenerateInstanceId = true;
        });
        quartz.UsePersistentStore(store =>
        {
            store.ConfigureStore(options => options.StoreJobDataAsStrings = true);
            store.ProvisionSchema();
            if (settings.Worklist.Postgres.Length > 0)
            {
                store.UsePostgres(NpgsqlFactory.Instance, settings.Worklist.Postgres);
                store.UseClustering(_ => { });
            }
            else
            {
                store.UseSqlite(SqliteFactory.Instance,
                    new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(settings.Worklist.DatabasePath), DefaultTimeout = 5 }.ToString());
            }
        });
    }

    /// <summary>Puts the schedule into the database, unless it stands there as the settings have it.</summary>
    private async Task ScheduleAsync(IScheduler scheduler, CancellationToken cancellationToken)
    {
        var wanted = $"{settings.EmrSync.Schedule} {time.LocalTimeZone.Id}";
        if (await scheduler.GetTrigger(Trigger, cancellationToken) is { } there && there.Description == wanted) return;
        var times = SyncTimes.Parse(settings.EmrSync.Schedule);
        var trigger = TriggerBuilder.Create(time).WithIdentity(Trigger).ForJob(Job).WithDescription(wanted);
        var built = times.Interval is { } interval
            ? trigger.StartAt(time.GetUtcNow() + interval).WithSchedule(SimpleScheduleBuilder.Create().WithInterval(interval).RepeatForever()).Build()
            : trigger.WithSchedule(CronScheduleBuilder.Create(times.Cron!.WithTimeZone(time.LocalTimeZone))).Build();
        var job = JobBuilder.Create<SyncJob>().WithIdentity(Job).Build();
        await scheduler.ScheduleJob(job, [built], new ScheduleJobOptions { Replace = true }, cancellationToken);
    }
}
