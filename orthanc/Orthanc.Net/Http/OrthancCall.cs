using System.Text.Json;

namespace Orthanc.Net;

/// <summary>
/// One call: how far it came, when it counts as standing still, and what a failure means. Each step forward winds the clock
/// up again, so a long transfer may take its time as long as it moves.
/// </summary>
internal sealed class OrthancCall : IDisposable
{
    private readonly CancellationToken _caller;
    private readonly TimeSpan _clientTimeout;
    // The HttpClient goes by the clock of the system's timers, whatever ours is; a finer one would find them a little early
    private readonly long _started = Environment.TickCount64;
    private readonly CancellationTokenSource _clock;
    private readonly CancellationTokenSource _either;
    private TimeSpan _allowed;

    public OrthancCall(OrthancRequest request, TimeProvider time, TimeSpan clientTimeout, CancellationToken cancellationToken)
    {
        Request = request;
        // Infinite is negative
        _clientTimeout = clientTimeout < TimeSpan.Zero ? TimeSpan.MaxValue : clientTimeout;
        _caller = cancellationToken;
        _clock = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _clock.Token);
    }

    public OrthancRequest Request { get; }

    public OrthancPhase Phase { get; private set; } = OrthancPhase.AwaitReply;

    /// <summary>Cancelled by the caller or by the clock.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>Something moved: from now on the phase may stand still for so long.</summary>
    public void Enter(OrthancPhase phase, TimeSpan allowed)
    {
        (Phase, _allowed) = (phase, allowed);
        _clock.CancelAfter(allowed);
    }

    /// <summary>Stops the clock while we wait for the caller, who may take as long as he likes.</summary>
    public void Pause() => _clock.CancelAfter(Timeout.InfiniteTimeSpan);

    /// <summary>What a failure means; null if it is not about Orthanc (the caller cancelled, a mistake of ours).</summary>
    public OrthancException? Translate(Exception failure, CancellationToken alsoCaller = default) => failure switch
    {
        OrthancException => null,
        OperationCanceledException when _caller.IsCancellationRequested || alsoCaller.IsCancellationRequested => null,
        OperationCanceledException when _clock.IsCancellationRequested =>
            Lost(Phase, $"nothing moved for {_allowed.TotalSeconds:0.###} s.", failure, isTimeout: true),
        // Our own clock has not fired, so this is the limit of the HttpClient, or that of its handler for making a connection
        OperationCanceledException { InnerException: TimeoutException } => Environment.TickCount64 - _started >= (long)_clientTimeout.TotalMilliseconds
            ? Lost(Phase, $"it took longer than the {_clientTimeout.TotalSeconds:0.###} s that the HttpClient allows.", failure, isTimeout: true)
            : Lost(OrthancPhase.Connect, "the connection did not come about in time.", failure, isTimeout: true),
        HttpRequestException http => Lost(PhaseOf(http.HttpRequestError), $"{Innermost(http)}.", failure, isTimeout: false),
        IOException => Lost(Phase, $"{Innermost(failure)}.", failure, isTimeout: false),
        JsonException json => new OrthancFormatException(Request,
            $"the answer is damaged JSON (line {json.LineNumber + 1}, byte {json.BytePositionInLine}, at {json.Path ?? "the start"}).", json),
        _ => null,
    };

    public void Dispose()
    {
        _either.Dispose();
        _clock.Dispose();
    }

    private OrthancConnectionException Lost(OrthancPhase phase, string reason, Exception failure, bool isTimeout) =>
        new(Request, phase, reason, isTimeout, failure);

    private OrthancPhase PhaseOf(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => OrthancPhase.Resolve,
        HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError => OrthancPhase.Connect,
        HttpRequestError.SecureConnectionError => OrthancPhase.Tls,
        _ => Phase,
    };

    private static string Innermost(Exception failure) => failure.GetBaseException().Message.TrimEnd('.');
}
