using Gantry.Sidecar.Archive.Check;
using Gantry.Sidecar.Archive.Frames;
using Gantry.Sidecar.Archive.Page;
using Gantry.Sidecar.Archive.Pictures;
using Gantry.Sidecar.Archive.Studies;
using Gantry.Sidecar.Archive.Thumbnails;
using Gantry.Sidecar.Archive.Unified;
using Gantry.Sidecar.Health;
using Gantry.Sidecar.Settings;
using Gantry.Sidecar.Viewer;
using Orthanc.Net;

namespace Gantry.Sidecar.Archive;

/// <summary>What talks to Orthanc: the one client of this host, and what is made with it.</summary>
internal static class ArchiveServices
{
    public static void AddArchive(this IServiceCollection services, SidecarSettings settings)
    {
        var orthanc = settings.Orthanc;
        services.AddSingleton<StorageWatch>();
        services.AddTransient<StorageWatchHandler>();
        services.AddOrthancClient((options, _) =>
        {
            options.BaseAddress = new Uri(orthanc.Url);
            // An empty name is none: Orthanc is asked without credentials
            (options.Username, options.Password) = orthanc.Username.Length > 0 ? (orthanc.Username, orthanc.Password) : (null, null);
        }).AddHttpMessageHandler<StorageWatchHandler>();
        services.AddSingleton<ArchiveEcho>();
        services.AddSingleton<ArchiveTest>();
        services.AddSingleton<IHealthProbe, ArchiveHealth>();
        services.AddSingleton<OwnPictures>();
        services.AddSingleton<IThumbnails, OrthancThumbnails>();
        services.AddSingleton<ViewerLinks>();
        services.AddSingleton<StudySearch>();
        services.AddSingleton<StudyReader>();
        services.AddSingleton<UnifiedStudies>();
        services.AddSingleton<LatestStudies>();
        services.AddSingleton<FramePictures>();
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, ArchiveJson.Default));
    }

    public static void MapArchive(this IEndpointRouteBuilder routes)
    {
        var calls = routes.MapGroup("");
        if (!routes.ServiceProvider.GetRequiredService<SidecarSettings>().Orthanc.Enabled)
            calls.AddEndpointFilter((_, _) => ValueTask.FromResult<object?>(ArchiveProblems.SwitchedOff()));
        calls.MapArchiveTest();
        calls.MapStudies();
        calls.MapUnifiedStudies();
        calls.MapFrames();
        routes.MapArchivePage();
    }
}
