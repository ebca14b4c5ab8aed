using System.Collections.Concurrent;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging;

namespace Gantry.Relay.Tests;

/// <summary>What must not stand in a log: tokens, keys, messages.</summary>
public sealed class SilentLogTests
{
    [Fact]
    public async Task The_log_holds_no_token_and_no_message_even_when_all_goes_wrong()
    {
        var log = new RecordingLogger();
        await using var host = await RelayHost.StartAsync(log: log);
        var options = new RelayListenerOptions
        {
            Endpoint = host.Endpoint(),
            MaximumMessageLength = 100,
            Decide = visitor => visitor.Suffix == "no" ? new(451, "No") : null,
        };
        await using (var listener = new RelayListener(options, (_, _) => throw new InvalidOperationException("SMITH^JANE"), log))
        {
            listener.Start();
            await listener.WaitUntilRegisteredAsync().Soon();
            Assert.Contains("error", await host.Sender().SayAsync("SMITH^JANE"), StringComparison.Ordinal);
            Assert.Contains("error", await host.Sender().SayAsync(string.Concat(Enumerable.Repeat("SMITH^JANE", 20))), StringComparison.Ordinal);
            Assert.Equal(451, await RawPeer.RefusedAsync(host.RawAddress("connect", "gateway/no", host.Token())));
            Assert.Equal(401, await RawPeer.RefusedAsync(host.RawAddress("connect", token: host.Token(key: "wrong"))));
        }

        // Registered, handler failed, too long, rejected, refused, and the relay's side of it
        Assert.True(log.Lines.Count >= 8, string.Join('\n', log.Lines));
        Assert.All(log.Lines, line =>
        {
            Assert.DoesNotContain("SMITH", line, StringComparison.Ordinal);
            Assert.DoesNotContain("SharedAccessSignature", line, StringComparison.Ordinal);
            Assert.DoesNotContain("sig=", line, StringComparison.Ordinal);
            Assert.DoesNotContain(RelayHost.Key, line, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Any_bytes_on_a_control_channel_are_a_message_or_none() =>
        Prop.ForAll<byte[], string>((bytes, text) =>
        {
            _ = ControlMessage.TryParse(bytes);
            _ = ControlMessage.TryParse(Encoding.UTF8.GetBytes($$$"""{"accept":{{{text}}}}"""));
            _ = ControlMessage.TryParse(Encoding.UTF8.GetBytes($$$"""{"renewToken":{"token":"{{{text}}}"}}"""));
        }).QuickCheckThrowOnFailure();

    internal sealed class RecordingLogger : ILogger<RelayListener>, ILoggerProvider
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            // Only what this library says: the web host has its own
            if (eventId.Id is >= 5000 and < 6000)
                Lines.Enqueue($"{formatter(state, exception)} {exception}");
        }

        public void Dispose()
        {
        }
    }
}
