using System.Net.Sockets;
using Gantry.Cloud.Accounts;
using Gantry.Cloud.Auditing;
using Gantry.Cloud.Clinics;
using Gantry.Cloud.Data;
using Gantry.Cloud.Events;
using Gantry.Cloud.Gateways;
using Gantry.Cloud.Health;
using Gantry.Cloud.Live;
using Gantry.Cloud.Look;
using Gantry.Cloud.Studies;
using Gantry.Relay;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Console;
using Npgsql;

namespace Gantry.Cloud.Hosting;

/// <summary>Puts the cloud together, runs it, and says in plain sentences why it cannot start.</summary>
internal static class CloudHost
{
    private const int Failure = 1;
    private const int BadSettings = 78; // EX_CONFIG, sysexits.h
    private const int Unavailable = 69; // EX_UNAVAILABLE

    public static async Task<int> RunAsync(string[] arguments)
    {
        try
        {
            await using var app = await BuildAsync(arguments);
            await app.RunAsync();
            return 0;
        }
        catch (SettingsException error)
        {
            Console.Error.WriteLine("The cloud cannot start:");
            foreach (var line in error.Message.Split('\n'))
                Console.Error.WriteLine($"  {line}");
            return BadSettings;
        }
        catch (UnavailableException error)
        {
            Console.Error.WriteLine($"The cloud cannot start: {error.Message}");
            return Unavailable;
        }
        catch (Exception error) when (DatabaseTrouble.Explain(error) is { } trouble)
        {
            Console.Error.WriteLine($"The cloud cannot start: {trouble}");
            return Unavailable;
        }
        catch (IOException error) when (error.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            Console.Error.WriteLine($"The cloud cannot listen: {error.Message}");
            Console.Error.WriteLine("  Set another address: ASPNETCORE_URLS=http://127.0.0.1:8001");
            return Unavailable;
        }
        catch (SocketException error)
        {
            Console.Error.WriteLine($"The cloud cannot listen: {error.Message.TrimEnd('.')}.");
            Console.Error.WriteLine("  ASPNETCORE_URLS takes addresses of this machine; ports below 1024 need root or the capability CAP_NET_BIND_SERVICE.");
            return Unavailable;
        }
        catch (Exception error)
        {
            Console.Error.WriteLine($"The cloud ends because of something that nobody foresaw ({error.GetType().Name}):");
            Console.Error.WriteLine($"  {error.Message}");
            return Failure;
        }
    }

    /// <summary>The cloud, not started; its database is there and of this version.</summary>
    /// <param name="arguments">Settings as --Name value.</param>
    /// <param name="configure">Changes the builder before anything is built, for tests.</param>
    /// <exception cref="SettingsException">It cannot work; the text says what to change.</exception>
    /// <exception cref="UnavailableException">The database is away.</exception>
    public static async Task<WebApplication> BuildAsync(string[] arguments, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = arguments, ApplicationName = typeof(CloudHost).Assembly.GetName().Name });
        AddLogging(builder);
        configure?.Invoke(builder);
        var settings = CloudSettings.Read(builder.Configuration);
        var tls = WebTls.Read(builder.Configuration);
        var proxies = TrustedProxies.Read(builder.Configuration);
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
            builder.WebHost.UseUrls(tls.DefaultUrls);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            tls.Protect(kestrel);
            kestrel.Limits.MaxRequestBodySize = 1 << 20;
        });
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(10));
        builder.Services.AddSingleton(tls);
        builder.Services.AddAudit(builder.Configuration);
        AddServices(builder.Services, settings);

        var app = builder.Build();
        try
        {
            await DatabaseWait.DoAsync(async () =>
            {
                await Migrations.ApplyAsync(app.Services.GetRequiredService<NpgsqlDataSource>(), app.Logger, CancellationToken.None);
                await FirstUsers.EnsureAsync(app.Services, settings, app.Logger);
                await FirstData.EnsureAsync(app.Services, settings, app.Logger);
                await app.Services.DefineHybridConnectionsAsync(CancellationToken.None);
            }, settings.DatabaseWait, app.Logger, app.Services.GetRequiredService<TimeProvider>());
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
        if (proxies is not null)
            app.UseForwardedHeaders(proxies);
        Map(app, settings);
        app.Lifetime.ApplicationStarted.Register(() =>
            Log.Serving(app.Logger, string.Join(", ", app.Urls), settings.RelayNamespace?.Authority ?? "in this host"));
        return app;
    }

    private static void AddLogging(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole(console => console.FormatterName = LineLogging.FormatName);
        builder.Logging.AddConsoleFormatter<LineLogging, ConsoleFormatterOptions>();
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        // Values in them may be people's names; that the keys lie in the database as they are is known
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None);
        builder.Logging.AddFilter("Npgsql", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // Warns on every page with a form that it forbids caching, which it was forbidden already
        builder.Logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
    }

    private static void AddServices(IServiceCollection services, CloudSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => Sql.Source(settings.Database));
        services.AddDbContext<CloudDb>((provider, options) => options.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddSingleton<DatabaseTrouble>();
        services.AddSingleton<ProtectionKeys>();
        services.AddDataProtection().SetApplicationName("gantry-cloud");
        services.AddOptions<KeyManagementOptions>().Configure<ProtectionKeys>((options, keys) => options.XmlRepository = keys);

        services.AddLive();
        services.AddGateways(settings);
        services.AddSingleton<StatusEvents>();
        services.AddSingleton<StatusQueue>();
        // Before the listener, so that it stops after it
        services.AddHostedService(provider => provider.GetRequiredService<StatusQueue>());
        services.AddSingleton<ImageEvents>();
        services.AddSingleton<RefusedMessages>();
        services.AddSingleton<EventHandling>();
        services.AddSingleton<EventListener>();
        services.AddHostedService(provider => provider.GetRequiredService<EventListener>());
        services.AddSingleton<StudyMatch>();
        services.AddAccounts(settings);
        services.AddSingleton<CloudHealth>();
        services.AddLook();
    }

    private static void Map(WebApplication app, CloudSettings settings)
    {
        app.UseSecurityHeaders();
        if (!settings.Demo)
            app.UseHttpsAlone();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error",
            StatusCodeSelector = error => DatabaseTrouble.Explain(error) is null ? StatusCodes.Status500InternalServerError : StatusCodes.Status503ServiceUnavailable,
            // The page says it
            SuppressDiagnosticsCallback = _ => true,
        });
        app.UseStatusCodePagesWithReExecute("/error", "?code={0}");
        if (!settings.Demo)
            app.UseHsts();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapHealth();
        app.MapLook();
        app.MapLive();
        app.MapThumbnails();
        app.MapRazorPages();
        app.MapGet("/", () => Results.Redirect("/clinics"));
        if (settings.RelayNamespace is null)
            app.MapHybridConnections();
    }
}
