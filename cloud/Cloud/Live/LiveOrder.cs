using System.Globalization;
using Gantry.Cloud.Data;
using Npgsql;

namespace Gantry.Cloud.Live;

/// <summary>
/// The order in which events are shown. A row's id is drawn before its commit, so a reader who has seen 7 may not have seen 6.
/// Positions are given after the commit, under a lock: whoever sees 7 can see all up to 7.
/// </summary>
internal sealed class LiveOrder(NpgsqlDataSource database)
{
    private const long Lock = 0x4C495645;

    /// <summary>Gives positions to all committed events that have none.</summary>
    public async Task NumberAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var number = connection.Batch((Sql.ByIndex, []), ("SELECT pg_advisory_xact_lock($1)", [Lock]), ("""
            WITH pending AS (SELECT id, row_number() OVER (ORDER BY id) AS place FROM live_events WHERE position IS NULL),
                 moved AS (UPDATE live_position SET last = last + (SELECT count(*) FROM pending)
                           WHERE EXISTS (SELECT FROM pending) RETURNING last - (SELECT count(*) FROM pending) AS before)
            UPDATE live_events AS event SET position = moved.before + pending.place FROM pending, moved WHERE event.id = pending.id
            """, []));
        await number.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>The newest position.</summary>
    public async Task<long> LastAsync(CancellationToken cancellationToken)
    {
        await using var query = database.Command("SELECT last FROM live_position");
        return Convert.ToInt64(await query.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }

    /// <summary>What comes after a position, of all clinics or of one, at most <paramref name="most"/>.</summary>
    public async Task<IReadOnlyList<LiveEvent>> AfterAsync(long position, Guid? clinic, int most, CancellationToken cancellationToken)
    {
        await using var query = database.Command("""
            SELECT position, clinic_id, appointment_id, type, payload FROM live_events
            WHERE position > $1 AND ($2::uuid IS NULL OR clinic_id = $2) ORDER BY position LIMIT $3
            """, position, clinic, most);
        await using var reader = await query.ExecuteReaderAsync(cancellationToken);
        var events = new List<LiveEvent>();
        while (await reader.ReadAsync(cancellationToken))
            events.Add(new(reader.GetInt64(0), reader.GetGuid(1), reader.GetGuid(2), reader.GetString(3), reader.GetString(4)));
        return events;
    }

    /// <summary>Forgets what nobody comes back for any more.</summary>
    public async Task PruneAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        await using var prune = database.Command("DELETE FROM live_events WHERE created_at < now() - $1 AND position IS NOT NULL", age);
        await prune.ExecuteNonQueryAsync(cancellationToken);
    }
}
