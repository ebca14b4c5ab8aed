using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Gantry.Relay.Embedded;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gantry.Relay.Tests;

/// <summary>The embedded relay in a real Kestrel, with a hybrid connection "gateway" and one key for all.</summary>
internal sealed class RelayHost : IAsyncDisposable
{
    public const string KeyName = "all";
    public const string Key = "sesame";

    private readonly WebApplication _app;

    private RelayHost(
        TimeProvider time, Action<EmbeddedRelayOptions>? configure, int port, X509Certificate2? certificate, ILoggerProvider? log, Func<HttpContext, RequestDelegate, Task>? before)
    {
        Time = time;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        if (log is not null)
            builder.Logging.AddProvider(log);
        builder.WebHost.UseShutdownTimeout(TimeSpan.FromSeconds(5)).UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, port, listen =>
        {
            if (certificate is not null)
                listen.UseHttps(certificate);
        }));
        builder.Services.AddSingleton(time);
        builder.Services.AddEmbeddedRelay(options =>
        {
            options.Keys.Add(new(KeyName, Key, RelayRights.Listen | RelayRights.Send));
            options.HybridConnections.Add(new() { Path = "gateway" });
            configure?.Invoke(options);
        });
        _app = builder.Build();
        if (before is not null)
            _app.Use(before);
        _app.MapHybridConnections();
    }

    public TimeProvider Time { get; }

    public EmbeddedRelay Relay => _app.Services.GetRequiredService<EmbeddedRelay>();

    /// <summary>ws://127.0.0.1:PORT or wss://127.0.0.1:PORT.</summary>
    public Uri Address { get; private set; } = null!;

    public static async Task<RelayHost> StartAsync(
        TimeProvider? time = null, Action<EmbeddedRelayOptions>? configure = null, int port = 0, X509Certificate2? certificate = null,
        ILoggerProvider? log = null, Func<HttpContext, RequestDelegate, Task>? before = null)
    {
        var host = new RelayHost(time ?? TimeProvider.System, configure, port, certificate, log, before);
        await host._app.StartAsync();
        host.Address = new(host._app.Services.GetRequiredService<IServer>().Features
            .Get<IServerAddressesFeature>()!.Addresses.Single().Replace("http", "ws", StringComparison.Ordinal));
        return host;
    }

    public RelayEndpoint Endpoint(string path = "gateway", string key = Key, SslClientAuthenticationOptions? tls = null) =>
        new() { Namespace = Address, Path = path, Tokens = new SharedAccessKeyTokenProvider(KeyName, key, Time), Tls = tls };

    /// <summary>A listener of ours that is registered. It pauses next to nothing before it registers again.</summary>
    public async Task<RelayListener> ListenAsync(
        RelayMessageHandler? handler = null, Func<RelayListenerOptions, RelayListenerOptions>? configure = null)
    {
        var options = new RelayListenerOptions { Endpoint = Endpoint(), FirstPause = TimeSpan.FromMilliseconds(20), LongestPause = TimeSpan.FromMilliseconds(100) };
        var listener = new RelayListener(configure?.Invoke(options) ?? options, handler ?? Repeat, null, Time);
        listener.Start();
        await listener.WaitUntilRegisteredAsync().Soon();
        return listener;
    }

    public RelaySender Sender(RelayEndpoint? endpoint = null) => new(new() { Endpoint = endpoint ?? Endpoint() }, Time);

    /// <summary>An address as an old client writes it: token made by hand, in the query.</summary>
    public Uri RawAddress(string action, string path = "gateway", string? token = null, string extra = "") =>
        new($"{Address.AbsoluteUri}$hc/{path}?{extra}sb-hc-action={action}&sb-hc-token={Uri.EscapeDataString(token ?? Token(path))}");

    public string Token(string path = "gateway", string key = Key, string name = KeyName, TimeSpan? life = null) =>
        SharedAccessSignature.Create($"http://contoso.servicebus.windows.net/{path}", name, key, Time.GetUtcNow() + (life ?? TimeSpan.FromHours(1)));

    public static ValueTask<ReadOnlyMemory<byte>> Repeat(RelayMessage message, CancellationToken cancellationToken) =>
        ValueTask.FromResult<ReadOnlyMemory<byte>>(Encoding.UTF8.GetBytes($"re: {Encoding.UTF8.GetString(message.Body.Span)}"));

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

internal static class SenderText
{
    public static async Task<string> SayAsync(this RelaySender sender, string text) =>
        Encoding.UTF8.GetString((await sender.SendAsync(Encoding.UTF8.GetBytes(text)).Soon()).Span);
}
