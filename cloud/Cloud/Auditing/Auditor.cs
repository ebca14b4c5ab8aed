using Gantry.Audit;

namespace Gantry.Cloud.Auditing;

/// <summary>Where features tell who saw or changed what. Nobody waits for it, and where no audit trail is set it does nothing.</summary>
internal sealed class Auditor(AuditTrailOptions options, TimeProvider time) : IHostedService, IAsyncDisposable
{
    private readonly AuditTrail _trail = new(options, time);
    private readonly AuditEvents _events = new("manage-screening", time);

    /// <summary>True if messages go anywhere.</summary>
    public bool IsOn => _trail.IsOn;

    /// <summary>How each place that messages go to is doing.</summary>
    public IReadOnlyList<AuditSinkState> States => _trail.States;

    /// <summary>Tells what happened.</summary>
    public void Record(Func<AuditEvents, AuditMessage> what)
    {
        if (_trail.IsOn)
            _trail.Record(what(_events));
    }

    /// <summary>Whoever sent a request: the account, or the address where nobody is signed in.</summary>
    /// <param name="context">The request.</param>
    /// <param name="name">The name where the request does not carry it yet.</param>
    public static AuditActor Of(HttpContext context, string? name = null)
    {
        var address = context.Connection.RemoteIpAddress?.ToString();
        return new(name ?? (context.User.Identity is { IsAuthenticated: true, Name: { } known } ? known : address ?? "unknown"), address);
    }

    /// <summary>A gateway, by what it sends.</summary>
    public static AuditActor Gateway { get; } = new("gateway");

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Record(events => events.Application(starts: true));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Record(events => events.Application(starts: false));
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => _trail.DisposeAsync();
}
