using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Orthanc.Net;

/// <summary>Registers <see cref="OrthancClient"/> with IHttpClientFactory.</summary>
public static class OrthancRegistration
{
    /// <summary>
    /// Registers the client as a typed client. Options are read each time a client is made, so a password that is put right is
    /// used from the next one on.
    /// </summary>
    /// <param name="services">Where to register.</param>
    /// <param name="configure">Sets address and credentials.</param>
    /// <returns>For further settings of the HttpClient.</returns>
    public static IHttpClientBuilder AddOrthancClient(this IServiceCollection services, Action<OrthancClientOptions, IServiceProvider> configure)
    {
        services.AddOptions<OrthancClientOptions>().Configure(configure);
        return services.AddHttpClient(nameof(OrthancClient))
            .ConfigureHttpClient(http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(provider =>
                CreateHandler(provider.GetRequiredService<IOptionsMonitor<OrthancClientOptions>>().CurrentValue))
            .AddTypedClient((http, provider) => new OrthancClient(
                http, provider.GetRequiredService<IOptionsMonitor<OrthancClientOptions>>().CurrentValue, provider.GetService<TimeProvider>()));
    }

    /// <summary>A handler that suits Orthanc: no proxy, no cookies, no redirects, a limit for making connections.</summary>
    public static SocketsHttpHandler CreateHandler(OrthancClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new SocketsHttpHandler
        {
            ConnectTimeout = options.ConnectTimeout,
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            // Looks the name up anew now and then
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
    }
}
