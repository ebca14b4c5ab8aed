using Gantry.EmrSync.Names;
using Gantry.EmrSync.Sync;
using Gantry.Sidecar.Health;
using Gantry.Sidecar.Mwl;
using Gantry.Sidecar.Settings;
using Gantry.Worklist;

namespace Gantry.Sidecar.Emr;

/// <summary>What brings the orders of the EMR. Where none is set, only the page is there and says so.</summary>
internal static class EmrServices
{
    public static void AddEmr(this IServiceCollection services, SidecarSettings settings)
    {
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, EmrJson.Default));
        services.AddSingleton<EmrOverview>();
        if (!settings.EmrSync.IsConfigured())
            return;
        services.AddSingleton<EmrMetrics>();
        services.AddSingleton(provider => new OrderSync(
            settings.EmrSync.ToOptions(settings.StationAetFor), provider.GetRequiredService<IWorklistStore>().Emr,
            provider.GetRequiredService<PatientNames>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<OrderSync>>()));
        services.AddSingleton<OrderRuns>();
        services.AddSingleton<SyncSchedule>();
        services.AddHostedService(provider => provider.GetRequiredService<SyncSchedule>());
        services.AddSingleton<QuerySync>();
        if (settings.EmrSync.OnQuery)
            services.AddSingleton<IFreshOrders>(provider => provider.GetRequiredService<QuerySync>());
        services.AddSingleton<IHealthProbe, EmrHealth>();
    }

    public static void MapEmr(this IEndpointRouteBuilder routes)
    {
        routes.MapEmrEndpoints();
        routes.MapEmrPage();
    }
}
