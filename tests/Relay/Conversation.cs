using System.Text;

namespace Gantry.Relay.Tests;

/// <summary>What the conversations of a listener or sender with a scripted service have in common.</summary>
public abstract class Conversation : IAsyncLifetime
{
    private protected FakeTime Time { get; } = new();

    private protected ScriptedService Service { get; private set; } = null!;

    public async Task InitializeAsync() => Service = await ScriptedService.StartAsync();

    public async Task DisposeAsync() => await Service.DisposeAsync();

    private protected RelayEndpoint Endpoint(string path = "gateway") =>
        new() { Namespace = Service.Address, Path = path, Tokens = new SharedAccessKeyTokenProvider("key", "secret", Time) };

    private protected RelayListener Listener(RelayMessageHandler? handler = null, Func<RelayListenerOptions, RelayListenerOptions>? configure = null)
    {
        var options = new RelayListenerOptions { Endpoint = Endpoint(), EchoAfterSilence = Timeout.InfiniteTimeSpan };
        var listener = new RelayListener(configure?.Invoke(options) ?? options, handler ?? Repeat, null, Time);
        listener.Start();
        return listener;
    }

    private protected RelaySender Sender(Func<RelaySenderOptions, RelaySenderOptions>? configure = null)
    {
        var options = new RelaySenderOptions { Endpoint = Endpoint() };
        return new(configure?.Invoke(options) ?? options, Time);
    }

    /// <summary>The accept message of the protocol guide, with an address at this service.</summary>
    private protected string Accept(string id, string headers = "") =>
        $$$"""{"accept":{"address":"{{{Service.Address.AbsoluteUri}}}$hc/gateway?sb-hc-action=accept&sb-hc-id={{{id}}}","id":"{{{id}}}","connectHeaders":{"""
        + headers + "}}}";

    private protected static ValueTask<ReadOnlyMemory<byte>> Repeat(RelayMessage message, CancellationToken cancellationToken) =>
        ValueTask.FromResult<ReadOnlyMemory<byte>>(Encoding.UTF8.GetBytes($"re: {Encoding.UTF8.GetString(message.Body.Span)}"));

    private protected static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private protected static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
