namespace Gantry.Worklist.Engines.Postgres;

/// <summary>Refuses a server that is too old in a sentence, where it would refuse our SQL with a syntax error.</summary>
internal static class PostgresVersion
{
    /// <summary>CREATE OR REPLACE TRIGGER came with 14.</summary>
    public const int Oldest = 14;

    public static async Task RequireAsync(PostgresEngine engine, CancellationToken cancellationToken)
    {
        string? number = await engine.ReadAsync(
            static async session => (await session.QueryAsync("SELECT current_setting('server_version_num')", static row => row.Text(0)).ConfigureAwait(false))[0],
            cancellationToken).ConfigureAwait(false);
        Require(engine.Place, number ?? "");
    }

    /// <param name="place">The database.</param>
    /// <param name="number">The server's version as it says it: 150004 is 15.4.</param>
    /// <exception cref="WorklistStoreException">It is too old.</exception>
    internal static void Require(string place, string number)
    {
        if (int.TryParse(number, out int version) && version / 10_000 < Oldest)
            throw new WorklistStoreException(WorklistStoreFailure.CannotOpen, FormattableString.Invariant(
                $"The worklist store '{place}' is on PostgreSQL {version / 10_000}.{version % 10_000}; PostgreSQL {Oldest} or newer is needed. Upgrade that server, or take another one."));
    }
}
