using Gantry.Sidecar.Settings;
using Gantry.Sidecar.Web;
using Gantry.Worklist;

namespace Gantry.Sidecar.Hosting;

/// <summary>Puts the gateway together, runs it, and says in plain sentences why it cannot start.</summary>
internal static class SidecarHost
{
    /// <summary>Runs until SIGTERM or Ctrl-C; the result is the process's exit code.</summary>
    /// <param name="arguments">Settings as <c>--Section:Key value</c>.</param>
    /// <param name="replace">Changes services before anything is built, for tests.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Action<IServiceCollection>? replace = null)
    {
        SidecarSettings? settings = null;
        try
        {
            var layers = SettingsLayers.Build(arguments, Directory.GetCurrentDirectory());
            settings = SettingsBinder.Bind(layers);
            if (KnownPasswords.Find(settings, layers) is { Count: > 0 } known)
                throw new SettingsException(known);
            SocketThreads.Choose(settings.Dicom);
            await using var app = await BuildAsync(settings, layers, CancellationToken.None, replace);
            try
            {
                await app.RunAsync();
            }
            catch (Exception error) when (ListenFailure.Explain(error, settings) is not { Count: > 0 })
            {
                Log.Unforeseen(app.Logger, error); // with where it happened, which the last sentence leaves out
                throw;
            }
            return ExitCode.Success;
        }
        catch (SettingsException error)
        {
            return Fail(ExitCode.BadSettings, "The settings cannot work:", [.. error.Problems.Select(problem => problem.ToString())]);
        }
        catch (WorklistStoreException error)
        {
            return Fail(ExitCode.Unavailable, "The worklist cannot be opened:", [error.Message]);
        }
        catch (Exception error) when (settings is not null && ListenFailure.Explain(error, settings) is { Count: > 0 } reasons)
        {
            return Fail(ExitCode.Unavailable, "Gantry cannot listen:", reasons);
        }
        catch (Exception error)
        {
            return Fail(ExitCode.Failure, $"Gantry ends because of something that nobody foresaw ({error.GetType().Name}):", [error.Message]);
        }
    }

    /// <summary>The gateway, not started; the store is open.</summary>
    /// <param name="settings">What was set.</param>
    /// <param name="layers">The layers they came from, for logging's own section.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="replace">Changes services before anything is built, for tests.</param>
    /// <exception cref="WorklistStoreException">The store cannot be opened.</exception>
    public static async Task<WebApplication> BuildAsync(
        SidecarSettings settings, IConfiguration layers, CancellationToken cancellationToken, Action<IServiceCollection>? replace = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddConfiguration(layers);

        var loggers = LoggerFactory.Create(logging => LineLogging.Configure(logging, layers));
        if (layers is IConfigurationRoot root)
        {
            foreach (var unknown in UnknownSettings.Find(root))
            {
                Log.UnknownSetting(
                    loggers.CreateLogger("Gantry.Sidecar"), unknown.Key, unknown.Origin,
                    unknown.Nearest is { } nearest ? $"Perhaps {nearest} is meant." : ".env.example lists all settings.");
            }
        }
        var time = SiteTime.For(settings.Site, TimeProvider.System);
        try
        {
            var store = await WorklistOpening.OpenAsync(settings, loggers, time, cancellationToken);
            builder.Services.AddSingleton(_ => loggers);
            builder.Services.AddSingleton(_ => store);
        }
        catch
        {
            loggers.Dispose();
            throw;
        }
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddGateway(settings);
        builder.WebHost.ListenForBrowsers(settings, time);
        replace?.Invoke(builder.Services);

        var app = builder.Build();
        app.MapPages(settings);
        return app;
    }

    private static int Fail(int code, string headline, IReadOnlyList<string> reasons)
    {
        Console.Error.WriteLine(headline);
        foreach (var reason in reasons)
            Console.Error.WriteLine($"  {reason}");
        return code;
    }
}
