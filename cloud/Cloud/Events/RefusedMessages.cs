using Gantry.Cloud.Data;
using Npgsql;

namespace Gantry.Cloud.Events;

/// <summary>Keeps what could not be taken as it came, for the admin to look at. The newest are kept.</summary>
internal sealed class RefusedMessages(NpgsqlDataSource database, ILogger<RefusedMessages> logger)
{
    /// <summary>So many are kept.</summary>
    public const int Most = 1000;

    /// <summary>So much of each is kept, in bytes.</summary>
    private const int LongestBody = 16 << 10;

    private long _count;

    /// <summary>Since the start.</summary>
    public long Count => Interlocked.Read(ref _count);

    public async Task KeepAsync(ReadOnlyMemory<byte> body, string? messageId, string problem, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _count);
        Log.MessageRefused(logger, messageId ?? "-", problem);
        await using var insert = database.Command(
            "INSERT INTO refused_messages (message_id, problem, length, body) VALUES ($1, $2, $3, $4) RETURNING id",
            messageId, problem, body.Length, body[..Math.Min(body.Length, LongestBody)].ToArray());
        var id = (long)(await insert.ExecuteScalarAsync(cancellationToken))!;
        await using var prune = database.Command("DELETE FROM refused_messages WHERE id <= $1", id - Most);
        await prune.ExecuteNonQueryAsync(cancellationToken);
    }
}
