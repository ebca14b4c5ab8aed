using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;

namespace Gantry.Relay;

/// <summary>Opens WebSockets to a relay and knows, when that fails, how far it had come.</summary>
internal sealed class RelayConnector(RelayEndpoint endpoint, TimeProvider time)
{
    /// <summary>Opens a WebSocket.</summary>
    /// <param name="address">Whole address; may hold a token.</param>
    /// <param name="role">The phase in which the relay's answer is awaited: Register or Rendezvous.</param>
    /// <param name="answerTimeout">How long the relay may take to answer the upgrade request.</param>
    /// <param name="subProtocol">Sec-WebSocket-Protocol, or null.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="RelayException">It failed; the exception names the phase.</exception>
    public async Task<WebSocket> ConnectAsync(
        Uri address, RelayPhase role, TimeSpan answerTimeout, string? subProtocol, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(endpoint.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var progress = new Progress { Phase = RelayPhase.Resolve };

        // A handler for this connection alone: it is never pooled, and so its callbacks tell of this attempt only
        using var handler = new SocketsHttpHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            UseProxy = !address.IsLoopback,
            Proxy = endpoint.Proxy,
            ConnectTimeout = Timeout.InfiniteTimeSpan,
            ConnectCallback = (context, token) => OpenAsync(context.DnsEndPoint, progress, address.Scheme == "wss", role, token),
            PlaintextStreamFilter = (context, _) =>
            {
                progress.Phase = role;
                deadline.CancelAfter(answerTimeout);
                return ValueTask.FromResult(context.PlaintextStream);
            },
        };
        if (endpoint.Tls is { } tls)
            handler.SslOptions = tls;
        using var recorder = new AnswerRecorder(handler);
        using var invoker = new HttpMessageInvoker(recorder, disposeHandler: false);

        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = endpoint.KeepAliveInterval;
        socket.Options.KeepAliveTimeout = endpoint.KeepAliveTimeout;
        if (subProtocol is not null)
            socket.Options.AddSubProtocol(subProtocol);
        try
        {
            await socket.ConnectAsync(address, invoker, either.Token);
            return socket;
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or HttpRequestException or IOException)
        {
            socket.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw Explain(exception, progress.Phase, role, recorder, deadline.IsCancellationRequested);
        }
    }

    private static async ValueTask<Stream> OpenAsync(
        DnsEndPoint target, Progress progress, bool secure, RelayPhase role, CancellationToken cancellationToken)
    {
        progress.Phase = RelayPhase.Resolve;
        var addresses = IPAddress.TryParse(target.Host, out var literal)
            ? [literal]
            : await Dns.GetHostAddressesAsync(target.Host, cancellationToken);
        progress.Phase = RelayPhase.Connect;
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, cancellationToken);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
        progress.Phase = secure ? RelayPhase.Tls : role;
        return new NetworkStream(socket, ownsSocket: true);
    }

    private static RelayException Explain(Exception exception, RelayPhase phase, RelayPhase role, AnswerRecorder answer, bool timedOut)
    {
        if (answer.StatusCode is { } status and not HttpStatusCode.SwitchingProtocols)
        {
            var refused = status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? RelayPhase.Authorize : role;
            return new RelayException(refused, $"{(int)status} {answer.Reason}", exception) { StatusCode = (int)status };
        }
        if (timedOut)
            return new RelayException(phase, "no answer in time.", exception) { IsTimeout = true };
        return new RelayException(phase, exception.GetBaseException().Message, exception);
    }

    private sealed class Progress
    {
        public volatile RelayPhase Phase;
    }

    /// <summary>Keeps status and reason of the answer: ClientWebSocket tells only the status.</summary>
    private sealed class AnswerRecorder(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private const int LongestReason = 256;

        public HttpStatusCode? StatusCode { get; private set; }

        public string Reason { get; private set; } = "";

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            StatusCode = response.StatusCode;
            var reason = response.ReasonPhrase ?? "";
            Reason = reason.Length <= LongestReason ? reason : reason[..LongestReason];
            return response;
        }
    }
}
