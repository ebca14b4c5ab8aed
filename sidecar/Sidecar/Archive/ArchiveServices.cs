using Gantry.Sidecar.Archive.Thumbnails;
using Gantry.Sidecar.Settings;
using Orthanc.Net;

namespace Gantry.Sidecar.Archive;

/// <summary>What talks to Orthanc: the one client of this host, and what is made with it.</summary>
internal static class ArchiveServices
{
    public static void AddArchive(this IServiceCollection services, SidecarSettings settings)
    {
        var orthanc = settings.Orthanc;
        services.AddOrthancClient((options, _) =>
        {
            options.BaseAddress = new Uri(orthanc.Url);
            // An empty name is none: Orthanc is asked without credentials
            (options.Username, options.Password) = orthanc.Username.Length > 0 ? (orthanc.Username, orthanc.Password) : (null, null);
        });
        services.AddSingleton<IThumbnails, OrthancThumbnails>();
    }
}
