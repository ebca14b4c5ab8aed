using Gantry.Dicom.Network;
using Gantry.EmrSync.Names;
using Gantry.Sidecar.Settings;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Gantry.Sidecar.Mwl;

/// <summary>Registers the Modality Worklist SCP.</summary>
internal static class ModalityWorklist
{
    public static IServiceCollection AddModalityWorklist(this IServiceCollection services, SidecarSettings settings)
    {
        services.AddSingleton(new StationDirectory(settings.ModalityAeTitles));
        services.AddSingleton(new PatientNames(settings.EmrSync.Names));
        services.AddSingleton<IdentifierReader>();
        services.AddSingleton<SetAsideNotes>();
        services.TryAddSingleton<IFreshOrders, StoredOrders>();
        services.AddSingleton<SopClassService, ModalityWorklistService>();
        services.AddHostedService<WorklistInspection>();
        return services;
    }
}
