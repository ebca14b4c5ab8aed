using System.Diagnostics;
using Gantry.Worklist.Engines;

namespace Gantry.Worklist.Tables;

/// <summary>The table <c>actions_done</c>: which actions were done and what came of them. Written together with what they did.</summary>
internal static class ActionTable
{
    // On PostgreSQL this waits for another transaction that does the same action, and then finds what it wrote
    private const string Claim =
        "INSERT INTO actions_done (action_id, kind, result, done_at) VALUES ($1, $2, '', $3) ON CONFLICT (action_id, kind) DO NOTHING";

    private const string Find = "SELECT result FROM actions_done WHERE action_id = $1 AND kind = $2";

    private const string Note = "UPDATE actions_done SET result = $3 WHERE action_id = $1 AND kind = $2";

    private const string Purge = """
        DELETE FROM actions_done WHERE (action_id, kind) IN (
            SELECT old.action_id, old.kind FROM actions_done AS old WHERE old.done_at < $1 ORDER BY old.done_at LIMIT $2)
        """;

    public static async ValueTask<OrderActionOutcome> PerformAsync(
        ISession session, OrderTable orders, string actionId, OrderAction action, string now)
    {
        if (await session.ExecuteAsync(Claim, actionId, action.Kind, now).ConfigureAwait(false) == 0)
        {
            List<string> done = await session.QueryAsync(Find, static row => row.Text(0) ?? "", actionId, action.Kind).ConfigureAwait(false);
            return new OrderActionOutcome(Result(done[0]), IsRepeated: true);
        }

        OrderActionOutcome outcome = await DoAsync(session, orders, action, now).ConfigureAwait(false);
        await session.ExecuteAsync(Note, actionId, action.Kind, Word(outcome.Result)).ConfigureAwait(false);
        return outcome;
    }

    public static ValueTask<int> PurgeAsync(ISession session, string before, int most) => session.ExecuteAsync(Purge, before, most);

    private static async ValueTask<OrderActionOutcome> DoAsync(ISession session, OrderTable orders, OrderAction action, string now)
    {
        switch (action)
        {
            case OrderAction.Add add:
                AddOutcome added = await orders.AddAsync(session, add.Item, now).ConfigureAwait(false);
                return added.Result switch
                {
                    AddResult.Created => new(OrderActionResult.Created, false),
                    // By the same message, before there was this table or after its mark was purged
                    AddResult.SameMessage => new(OrderActionResult.Created, true),
                    AddResult.Exists => new(OrderActionResult.Exists, false),
                };
            case OrderAction.Remove remove:
                bool removed = await orders.RemoveAsync(session, remove.AccessionNumber).ConfigureAwait(false);
                return new(removed ? OrderActionResult.Removed : OrderActionResult.NotFound, false);
            case OrderAction.SetStatus set:
                bool updated = await orders.SetStatusAsync(session, set.AccessionNumber, set.Status, now).ConfigureAwait(false);
                return new(updated ? OrderActionResult.Updated : OrderActionResult.NotFound, false);
            default:
                throw new UnreachableException();
        }
    }

    private static string Word(OrderActionResult result) => result switch
    {
        OrderActionResult.Created => "created",
        OrderActionResult.Exists => "exists",
        OrderActionResult.Removed => "removed",
        OrderActionResult.Updated => "updated",
        OrderActionResult.NotFound => "not_found",
    };

    private static OrderActionResult Result(string word) => word switch
    {
        "exists" => OrderActionResult.Exists,
        "removed" => OrderActionResult.Removed,
        "updated" => OrderActionResult.Updated,
        "not_found" => OrderActionResult.NotFound,
        _ => OrderActionResult.Created,
    };
}
