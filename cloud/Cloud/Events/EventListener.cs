using Gantry.Cloud.Data;
using Gantry.Cloud.Gateways;
using Gantry.Contracts;
using Gantry.Relay;

namespace Gantry.Cloud.Events;

/// <summary>Listens on the hybrid connection by which gateways tell what happened.</summary>
internal sealed class EventListener(
    RelayLinks links, CloudSettings settings, EventHandling handling, DatabaseTrouble trouble, TimeProvider time, ILogger<RelayListener> logger) : BackgroundService
{
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(5);

    private RelayListener? _listener;

    /// <summary>Null until the host has started.</summary>
    public RelayListenerStatus? Status => _listener?.Status;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        RelayEndpoint endpoint;
        try
        {
            endpoint = await links.EndpointAsync(settings.EventsPath, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        await using var listener = new RelayListener(
            new() { Endpoint = endpoint, MaximumMessageLength = 1 << 20, LongestPause = TimeSpan.FromSeconds(15) },
            async (message, cancellationToken) => (await AnswerAsync(message.Body, cancellationToken)).ToJson(), logger, time);
        listener.Start();
        _listener = listener;
        await Task.Delay(Timeout.Infinite, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await listener.StopAsync(Drain, CancellationToken.None);
    }

    private async Task<EventReply> AnswerAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        try
        {
            return await handling.AnswerAsync(body, cancellationToken);
        }
        catch (Exception error) when (trouble.Note(error, out var isNews) is { } sentence)
        {
            // The gateway keeps the message, shows its admin the sentence and sends it again
            if (isNews)
                Log.MessageNotTaken(logger, sentence);
            return EventReply.Error(null, sentence);
        }
    }
}
