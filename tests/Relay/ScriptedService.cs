using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gantry.Relay.Tests;

/// <summary>A relay service that does exactly what the test says, one visitor at a time.</summary>
internal sealed class ScriptedService : IAsyncDisposable
{
    private readonly Channel<Visitor> _visitors = Channel.CreateUnbounded<Visitor>();
    private readonly ConcurrentBag<Visitor> _all = [];
    private readonly WebApplication _app;

    private ScriptedService()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").UseShutdownTimeout(TimeSpan.Zero);
        _app = builder.Build();
        _app.UseWebSockets();
        _app.Run(async context =>
        {
            var visitor = new Visitor(context);
            _all.Add(visitor);
            await _visitors.Writer.WriteAsync(visitor);
            await visitor.Left;
        });
    }

    public Uri Address { get; private set; } = null!;

    public static async Task<ScriptedService> StartAsync()
    {
        var service = new ScriptedService();
        await service._app.StartAsync();
        service.Address = new(service._app.Services.GetRequiredService<IServer>().Features
            .Get<IServerAddressesFeature>()!.Addresses.Single().Replace("http://", "ws://", StringComparison.Ordinal));
        return service;
    }

    /// <summary>The next one who knocks.</summary>
    public Task<Visitor> NextAsync() => _visitors.Reader.ReadAsync().AsTask().Soon();

    /// <summary>Whether nobody has knocked who was not let in yet.</summary>
    public bool NobodyKnocks => _visitors.Reader.Count == 0;

    public async ValueTask DisposeAsync()
    {
        foreach (var visitor in _all) visitor.Dispose();
        await _app.DisposeAsync();
    }

    /// <summary>Somebody who asks for a WebSocket.</summary>
    internal sealed class Visitor(HttpContext context) : IDisposable
    {
        private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private RawPeer? _peer;

        public Task Left => _left.Task;

        public string Path => Uri.UnescapeDataString(context.Request.Path.ToUriComponent());

        public string this[string query] => context.Request.Query[query].ToString();

        /// <summary>Path and query as they stood on the wire.</summary>
        public string Asks => context.Features.Get<IHttpRequestFeature>()!.RawTarget;

        /// <summary>The sub-protocols it asks for.</summary>
        public IList<string> Protocols => context.WebSockets.WebSocketRequestedProtocols;

        public async Task<RawPeer> LetInAsync(string? subProtocol = null) =>
            _peer = new(await context.WebSockets.AcceptWebSocketAsync(subProtocol), Asks, () => _left.TrySetResult());

        public void Refuse(int status, string reason)
        {
            context.Response.StatusCode = status;
            context.Features.Get<IHttpResponseFeature>()!.ReasonPhrase = reason;
            _left.TrySetResult();
        }

        public void Dispose()
        {
            _peer?.BreaksOff();
            _left.TrySetResult();
        }
    }
}
