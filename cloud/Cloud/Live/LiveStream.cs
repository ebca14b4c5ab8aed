using System.Globalization;
using System.Text;
using System.Text.Json;
using Gantry.Cloud.Data;

namespace Gantry.Cloud.Live;

/// <summary>One browser's event stream: what it missed, then what happens, with heart-beats in between.</summary>
internal sealed class LiveStream(
    LiveHub hub, LiveOrder order, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<LiveStream> logger)
{
    private const int Page = 1000;

    /// <summary>A stream ends now and then, so that the browser's sign-in is looked at again.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private static readonly byte[] HeartbeatFrame = ": heartbeat\n\n"u8.ToArray();

    /// <summary>Serves a stream until the browser leaves.</summary>
    /// <param name="context">The request; its Last-Event-ID says what the browser has seen.</param>
    /// <param name="clinic">Whose events.</param>
    /// <param name="wanted">Which of them.</param>
    /// <param name="exists">Whether there is what the address names; where there is not, the answer is 404.</param>
    public async Task ServeAsync(HttpContext context, Guid clinic, Func<LiveEvent, bool> wanted, Func<CancellationToken, Task<bool>> exists)
    {
        try
        {
            if (await exists(context.RequestAborted))
                await StreamAsync(context, clinic, wanted);
            else
                context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        catch (Exception error) when (!context.RequestAborted.IsCancellationRequested && DatabaseAbsence.Reason(error) is { } reason)
        {
            Log.LiveReadFailed(logger, reason);
            await SayErrorAsync(context);
        }
    }

    private async Task StreamAsync(HttpContext context, Guid clinic, Func<LiveEvent, bool> wanted)
    {
        using var end = new CancellationTokenSource(Longest, time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(end.Token, context.RequestAborted, lifetime.ApplicationStopping);
        var response = context.Response;
        Begin(response);
        try
        {
            // Nothing may be told to others between the place where this instance begins to read and the one where the stream does
            await hub.WaitUntilReadAsync(any.Token);
            // First the ear, then the past: what happens in between is in both, and told once
            using var subscription = hub.Subscribe(clinic);
            var seen = LastSeen(context.Request) is { } last
                ? await CatchUpAsync(response, last, clinic, wanted, any.Token)
                : await order.LastAsync(any.Token);
            var connected = JsonSerializer.Serialize(new("connected", seen), LiveJson.Default.ConnectedPayload);
            await response.Body.WriteAsync(Encoding.UTF8.GetBytes($"id: {seen}\ndata: {connected}\n\n"), any.Token);
            await response.Body.FlushAsync(any.Token);

            while (await subscription.Events.Reader.WaitToReadAsync(any.Token))
            {
                var wrote = false;
                while (subscription.Events.Reader.TryRead(out var happened))
                {
                    if (happened is not null && (happened.Position <= seen || !wanted(happened)))
                        continue;
                    await response.Body.WriteAsync(happened?.Frame ?? HeartbeatFrame, any.Token);
                    wrote = true;
                }
                if (wrote)
                    await response.Body.FlushAsync(any.Token);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // The browser left, or it is time to come back
        }
    }

    /// <summary>
    /// An error event, and the end: a browser comes back to a stream that ends and says what it has seen, but never to another answer.
    /// </summary>
    private static async Task SayErrorAsync(HttpContext context)
    {
        if (!context.Response.HasStarted)
            Begin(context.Response);
        var said = JsonSerializer.Serialize(new("error", "The database is away for the moment; the stream goes on when it is back."), LiveJson.Default.ErrorPayload);
        try
        {
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($"data: {said}\n\n"), context.RequestAborted);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // The browser left
        }
    }

    private static void Begin(HttpResponse response)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no";
    }

    private async Task<long> CatchUpAsync(HttpResponse response, long seen, Guid clinic, Func<LiveEvent, bool> wanted, CancellationToken cancellationToken)
    {
        // A number from another database, or from before a restored copy: there is nothing to catch up with
        var newest = await order.LastAsync(cancellationToken);
        if (seen > newest)
            return newest;
        IReadOnlyList<LiveEvent> events;
        do
        {
            events = await order.AfterAsync(seen, clinic, Page, cancellationToken);
            foreach (var happened in events)
            {
                seen = happened.Position;
                if (wanted(happened))
                    await response.Body.WriteAsync(happened.Frame, cancellationToken);
            }
        }
        while (events.Count == Page);
        return seen;
    }

    /// <summary>The browser's own header after a lost connection, or what the page was made with.</summary>
    private static long? LastSeen(HttpRequest request)
    {
        string? text = request.Headers["Last-Event-ID"];
        if (string.IsNullOrEmpty(text))
            text = request.Query["after"];
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : null;
    }
}
