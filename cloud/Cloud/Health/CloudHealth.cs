using System.Text.Json.Serialization;
using Gantry.Audit;
using Gantry.Cloud.Data;
using Gantry.Cloud.Events;
using Gantry.Cloud.Gateways;
using Gantry.Cloud.Live;
using Gantry.Contracts;
using Gantry.Relay;
using Npgsql;

namespace Gantry.Cloud.Health;

internal sealed record Check(bool Ok, string Detail);

/// <param name="Status">ok; degraded where the audit trail is in trouble, or the database was in the last minutes; failing.</param>
/// <param name="Database">A query.</param>
/// <param name="Relay">A message to ourselves.</param>
/// <param name="Listener">The listener for events.</param>
/// <param name="Notifications">What other instances tell.</param>
/// <param name="Audit">The audit trail; null where there is none.</param>
internal sealed record HealthReport(string Status, Check Database, Check Relay, Check Listener, Check Notifications, Check? Audit);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HealthReport))]
internal sealed partial class HealthJson : JsonSerializerContext;

/// <summary>Asks by traffic: a query, and a message to ourselves through the relay. Kept for a moment, whoever asks.</summary>
internal sealed class CloudHealth(
    NpgsqlDataSource database, RelayLinks links, CloudSettings settings, EventListener listener, Notifications notifications, Auditor auditor, DatabaseTrouble trouble, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private (DateTimeOffset At, HealthReport Report)? _last;

    public async Task<HealthReport> ReportAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_last is { } last && time.GetUtcNow() - last.At < Fresh)
                return last.Report;
            var store = AskDatabaseAsync(cancellationToken);
            var relay = AskRelayAsync(cancellationToken);
            var registration = listener.Status;
            var listening = registration is { IsRegistered: true } ? new Check(true, "registered")
                : new Check(false, registration?.LastFailure?.Message ?? "not registered yet");
            var told = notifications.IsListening ? new Check(true, "listening") : new Check(false, "no connection that listens");
            Check[] checks = [await store, await relay, listening, told];
            var audit = LookAtAudit();
            var asked = checks[0] is { Ok: true } && trouble.Recent is { } recent ? new Check(false, recent) : checks[0];
            var status = !checks.All(check => check.Ok) ? "failing" : !asked.Ok || audit is { Ok: false } ? "degraded" : "ok";
            var report = new HealthReport(status, asked, checks[1], checks[2], checks[3], audit);
            _last = (time.GetUtcNow(), report);
            return report;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private Check? LookAtAudit()
    {
        if (!auditor.IsOn)
            return null;
        return auditor.States.FirstOrDefault(state => state.Trouble is not null) is { } trouble
            ? new(false, $"The audit trail cannot be written to {trouble.Place}: {trouble.Trouble} It is tried again by itself.")
            : new(true, FormattableString.Invariant($"{auditor.States.Sum(state => state.Written)} messages written, {auditor.States.Sum(state => state.Dropped)} dropped"));
    }

    private async Task<Check> AskDatabaseAsync(CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        try
        {
            await using var query = database.Command("SELECT max(version) FROM schema_version");
            return new(true, $"schema {await query.ExecuteScalarAsync(deadline.Token)}");
        }
        catch (Exception error) when (IsFailure(error, cancellationToken))
        {
            return new(false, error is OperationCanceledException ? "no answer in time" : "the query failed");
        }
    }

    private async Task<Check> AskRelayAsync(CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        try
        {
            var sender = await links.SenderAsync(settings.EventsPath, deadline.Token);
            var message = new GatewayEvent.Unsupported(EventHandling.HealthCheckType) { MessageId = Guid.NewGuid().ToString() };
            var reply = EventReply.Parse((await sender.SendAsync(message.ToJson(), deadline.Token)).Span);
            return reply is { Succeeded: true, Value.Status: "unknown_event" } ? new(true, "round trip") : new(false, "another answer than ours");
        }
        catch (RelayException error)
        {
            return new(false, error.Message);
        }
        catch (Exception error) when (IsFailure(error, cancellationToken))
        {
            return new(false, "no answer in time");
        }
    }

    private static bool IsFailure(Exception error, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested && error is NpgsqlException or IOException or TimeoutException or OperationCanceledException or InvalidOperationException;
}
