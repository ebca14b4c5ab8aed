using System.Collections.Concurrent;
using Gantry.Sidecar.Health;
using Gantry.Sidecar.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gantry.Sidecar.Tests.Health;

/// <summary>What is beside the gateway degrades it, and the log has a line for each change, not for each look.</summary>
public sealed class HealthLogTests
{
    [Fact]
    public async Task A_line_for_each_change_of_phase_and_one_when_it_is_well_again()
    {
        var (probe, log) = (new Probe(), new Lines());
        await using var gateway = await RunningGateway.StartAsync(
            services => services.AddSingleton<IHealthProbe>(probe).AddSingleton<ILoggerFactory>(_ => LoggerFactory.Create(logging => logging.AddProvider(log))),
            "Web:HealthCacheTime=00:00:00");
        foreach (var phase in new[] { null, "connect", "connect", "connect", "await reply", "await reply", null, null, "connect" })
        {
            probe.Phase = phase;
            Assert.Equal(phase is null ? "healthy" : "degraded", (await gateway.GetAsync("/health")).GetProperty("status").GetString());
        }
        Assert.Equal(
            [
                "Health: beside fails at connect: because", "Health: beside fails at await reply: because", "Health: beside is well again",
                "Health: beside fails at connect: because",
            ],
            log.Where(line => line.StartsWith("Health: beside", StringComparison.Ordinal)));
    }

    private sealed class Probe : IHealthProbe
    {
        public string? Phase { get; set; }

        public Task<HealthCheck?> CheckAsync(CancellationToken cancellationToken) => Task.FromResult<HealthCheck?>(
            new("beside", Phase is null ? HealthReport.Healthy : HealthReport.Degraded, 1, Phase, Phase is null ? null : "because"));
    }

    private sealed class Lines : ConcurrentQueue<string>, ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
