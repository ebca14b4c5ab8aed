using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;

namespace Gantry.Audit;

/// <summary>Where features tell who saw or changed what. Nobody waits for it, and where no audit trail is set it does nothing.</summary>
public sealed class Auditor : IAsyncDisposable
{
    private readonly AuditTrail _trail;
    private readonly AuditEvents _events;
    private readonly Meter _meter = new("Gantry.Audit");

    /// <summary>Begins to write.</summary>
    /// <param name="options">Where to; nowhere, if they name no place.</param>
    /// <param name="self">This program: an AE title, or its name.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="AuditException">The options cannot work.</exception>
    public Auditor(AuditTrailOptions options, string self, TimeProvider time)
    {
        (_trail, _events) = (new(options, time), new(self, time));
        if (!_trail.IsOn)
            return;
        _meter.CreateObservableCounter("audit_messages_written", () => States.Sum(state => state.Written), description: "Audit messages written, over all places");
        _meter.CreateObservableCounter("audit_messages_dropped", () => States.Sum(state => state.Dropped), description: "Audit messages that there was no room to wait for");
    }

    /// <summary>True if messages go anywhere; what is costly to find out need not be found out otherwise.</summary>
    public bool IsOn => _trail.IsOn;

    /// <summary>How each place that messages go to is doing.</summary>
    public IReadOnlyList<AuditSinkState> States => _trail.States;

    /// <summary>Whoever sent a request: the account, or the address where nobody is signed in.</summary>
    /// <param name="context">The request.</param>
    /// <param name="name">The account, where the request does not carry it yet; null takes the request's.</param>
    public static AuditActor Of(HttpContext context, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        var address = context.Connection.RemoteIpAddress?.ToString();
        return new(name ?? (context.User.Identity is { IsAuthenticated: true, Name: { } known } ? known : address ?? "unknown"), address);
    }

    /// <summary>Tells what happened; never waits.</summary>
    /// <param name="what">Makes the message; not called where there is no trail.</param>
    public void Record(Func<AuditEvents, AuditMessage> what)
    {
        ArgumentNullException.ThrowIfNull(what);
        if (_trail.IsOn)
            _trail.Record(what(_events));
    }

    /// <summary>Writes what waits, for up to five seconds, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await _trail.DisposeAsync().ConfigureAwait(false);
        _meter.Dispose();
    }
}
