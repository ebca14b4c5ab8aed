using System.Diagnostics;
using System.Text.Json;
using Gantry.Audit;
using Gantry.Contracts;
using Gantry.Relay;
using Gantry.Sidecar.Auditing;
using Gantry.Sidecar.Health;
using Gantry.Sidecar.Web;
using Gantry.Worklist;

namespace Gantry.Sidecar.Relay;

/// <summary>
/// Does what the cloud asks for, once for each action_id, and answers by contract (contracts.md section 4): whatever is wrong is an
/// error reply with a sentence, never silence.
/// </summary>
internal sealed class CloudActions(
    IWorklistStore store, CloudOrders orders, AutomaticModality modality, HealthMonitor health, Auditor auditor, ILogger<CloudActions> logger)
{
    /// <summary>Who does it, for the audit trail: which person at a clinic, the cloud's own trail says.</summary>
    private static readonly AuditActor Cloud = new("cloud");

    /// <summary>An id is a UUID; what is longer than the worklist's column allows is none.</summary>
    private const int LongestId = 64;

    /// <summary>Answers one message of the relay.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> AnswerAsync(RelayMessage message, CancellationToken cancellationToken)
    {
        var read = GatewayAction.Parse(message.Body.Span);
        var reply = read.Succeeded ? await DoAsync(read.Value, cancellationToken) : ActionReply.Error(read.Error);
        if (reply.Status == "error")
            Log.ActionRefused(logger, read.Value?.ActionType ?? "", Printable(reply.ActionId), reply.Message ?? "");
        return reply.ToJson();
    }

    private async Task<ActionReply> DoAsync(GatewayAction action, CancellationToken cancellationToken)
    {
        if (action.ActionId.Length > LongestId || action.ActionId.Any(char.IsControl))
            return ActionReply.Error(null, $"action_id must be a UUID; at most {LongestId} printable characters are taken.");
        try
        {
            return action switch
            {
                GatewayAction.CreateItem create => await CreateAsync(create.Item, action, isTest: false, cancellationToken),
                GatewayAction.CreateTestItem create => await CreateAsync(create.Item, action, isTest: true, cancellationToken),
                GatewayAction.RemoveItem remove => await ChangeAsync(action, new OrderAction.Remove(remove.AccessionNumber.Trim()), cancellationToken),
                GatewayAction.UpdateStatus update => await UpdateAsync(update, cancellationToken),
                GatewayAction.Echo echo => ActionReply.Echo(echo.Payload),
                GatewayAction.Health => ActionReply.Ok(
                    action.ActionId, JsonSerializer.SerializeToElement(await health.ReportAsync(cancellationToken), WebJson.Default.HealthReport)),
                GatewayAction.Unsupported unknown => ActionReply.Unsupported(unknown),
                _ => throw new UnreachableException(),
            };
        }
        catch (WorklistStoreException error)
        {
            Log.ActionFailed(logger, action.ActionType, action.ActionId, error.Message);
            return ActionReply.Error(action.ActionId, $"The gateway's worklist cannot do it now ({error.Failure}). Send the action again.");
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // By contract every message gets a reply with its id
            Log.ActionBroke(logger, error, action.ActionType, action.ActionId);
            return ActionReply.Error(action.ActionId, "The gateway met an error that nobody foresaw; its log says more.");
        }
    }

    private async Task<ActionReply> CreateAsync(WorklistOrder order, GatewayAction action, bool isTest, CancellationToken cancellationToken)
    {
        var item = orders.Item(order, action.ActionId, out var warning, out var error);
        if (error is not null)
            return ActionReply.Error(action.ActionId, error);
        var outcome = await store.PerformOnceAsync(action.ActionId, new OrderAction.Add(item), cancellationToken);
        if (outcome.Result == OrderActionResult.Exists)
            return ActionReply.Exists(action.ActionId);
        if (!outcome.IsRepeated)
        {
            auditor.Record(events => OrderAudit.Order(events, Cloud, AuditAction.Create, item, null));
            Log.OrderFromCloud(logger, item.AccessionNumber, action.ActionId);
            if (isTest || modality.PerformsEverything)
                modality.Perform(item.AccessionNumber);
        }
        return (isTest ? ActionReply.Tested(action.ActionId) : ActionReply.Created(action.ActionId)) with { Message = warning };
    }

    private async Task<ActionReply> UpdateAsync(GatewayAction.UpdateStatus update, CancellationToken cancellationToken) =>
        OrderStatuses.TryParse(update.Status, out var status)
            ? await ChangeAsync(update, new OrderAction.SetStatus(update.AccessionNumber.Trim(), status), cancellationToken)
            : ActionReply.Error(update.ActionId, "parameters.status must be one of SCHEDULED, IN_PROGRESS, COMPLETED, DISCONTINUED.");

    private async Task<ActionReply> ChangeAsync(GatewayAction action, OrderAction change, CancellationToken cancellationToken)
    {
        var before = auditor.IsOn && NumberOf(change) is { } number ? await store.GetAsync(number, cancellationToken) : null;
        var outcome = await store.PerformOnceAsync(action.ActionId, change, cancellationToken);
        if (!outcome.IsRepeated && before is not null)
            auditor.Record(events => OrderAudit.Order(events, Cloud, change is OrderAction.Remove ? AuditAction.Delete : AuditAction.Update, before, null));
        if (!outcome.IsRepeated)
            Log.ActionDone(logger, action.ActionType, action.ActionId, outcome.Result);
        return outcome.Result switch
        {
            OrderActionResult.Created => ActionReply.Created(action.ActionId),
            OrderActionResult.Exists => ActionReply.Exists(action.ActionId),
            OrderActionResult.Removed => ActionReply.Removed(action.ActionId),
            OrderActionResult.Updated => ActionReply.Updated(action.ActionId),
            OrderActionResult.NotFound => ActionReply.NotFound(action.ActionId),
        };
    }

    private static string? NumberOf(OrderAction action) => action switch
    {
        OrderAction.Remove remove => remove.AccessionNumber,
        OrderAction.SetStatus set => set.AccessionNumber,
        _ => null,
    };

    private static string Printable(string? id) => id is null ? "" : id.Length > LongestId ? id[..LongestId] : id;
}
