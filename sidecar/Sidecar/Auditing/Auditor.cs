using System.Diagnostics.Metrics;
using System.Security.Claims;
using Gantry.Audit;
using Gantry.Dicom.Network;
using Gantry.Sidecar.Settings;

namespace Gantry.Sidecar.Auditing;

/// <summary>Where features tell who did what. Nobody waits for it, and where no audit trail is set it does nothing.</summary>
internal sealed class Auditor : IAsyncDisposable
{
    private readonly AuditTrail _trail;
    private readonly AuditEvents _events;
    private readonly Meter _meter = new("Gantry.Audit");

    /// <exception cref="AuditException">The settings cannot work.</exception>
    public Auditor(SidecarSettings settings, TimeProvider time) : this(settings, time, Directory.GetCurrentDirectory())
    {
    }

    /// <param name="settings">What was set.</param>
    /// <param name="time">The clock.</param>
    /// <param name="directory">What a relative folder is relative to.</param>
    public Auditor(SidecarSettings settings, TimeProvider time, string directory)
    {
        (_trail, _events) = (new(settings.Audit.ToTrail(directory), time), new(settings.Dicom.AeTitle, time));
        if (!_trail.IsOn)
            return;
        _meter.CreateObservableCounter("audit_messages_written", () => States.Sum(state => state.Written), description: "Audit messages written, over all places");
        _meter.CreateObservableCounter("audit_messages_dropped", () => States.Sum(state => state.Dropped), description: "Audit messages that there was no room to wait for");
    }

    /// <summary>True if messages go anywhere; what is costly to find out need not be found out otherwise.</summary>
    public bool IsOn => _trail.IsOn;

    /// <summary>How each place that messages go to is doing.</summary>
    public IReadOnlyList<AuditSinkState> States => _trail.States;

    /// <summary>Tells what happened.</summary>
    public void Record(Func<AuditEvents, AuditMessage> what)
    {
        if (_trail.IsOn)
            _trail.Record(what(_events));
    }

    /// <summary>The modality of an association.</summary>
    public static AuditActor Of(AssociationInfo association) => new(association.CallingAeTitle, association.RemoteEndPoint.Address.ToString());

    /// <summary>Whoever sent a request: the account, or the address where nobody is signed in.</summary>
    public static AuditActor Of(HttpContext context) => Of(context, context.User);

    /// <summary>The same before the account is put onto the request.</summary>
    public static AuditActor Of(HttpContext context, ClaimsPrincipal? who)
    {
        var address = context.Connection.RemoteIpAddress?.ToString();
        return new(who?.Identity is { IsAuthenticated: true, Name: { } name } ? name : address ?? "unknown", address);
    }

    /// <summary>Somebody at a terminal of this machine.</summary>
    public static AuditActor AtTerminal() => new(Environment.UserName, Environment.MachineName);

    public async ValueTask DisposeAsync()
    {
        await _trail.DisposeAsync();
        _meter.Dispose();
    }
}
