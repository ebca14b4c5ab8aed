using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Gantry.Audit;

/// <summary>The audit trail in a host.</summary>
public static class AuditHosting
{
    /// <summary>
    /// Adds <see cref="Auditor"/> and <see cref="StudyViews"/>, and tells that the host starts and stops. To be called before other hosted
    /// services are added, so that its stop is the last one.
    /// </summary>
    /// <param name="services">Where to; a <see cref="TimeProvider"/> is among them.</param>
    /// <param name="options">Where the trail goes; nowhere, if they name no place.</param>
    /// <param name="self">This program: an AE title, or its name.</param>
    public static void AddAuditTrail(this IServiceCollection services, AuditTrailOptions options, string self)
    {
        services.AddSingleton(provider => new Auditor(options, self, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<StudyViews>();
        services.AddHostedService<ApplicationActivity>();
    }

    private sealed class ApplicationActivity(Auditor auditor) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            auditor.Record(static events => events.Application(starts: true));
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            auditor.Record(static events => events.Application(starts: false));
            return Task.CompletedTask;
        }
    }
}
