namespace Gantry.EndToEnd.Tests;

/// <summary>The private PostgreSQL as somebody sees it who has <c>psql</c> and may read the data folder.</summary>
internal sealed class Psql(GantrySystem system)
{
    /// <summary>Runs SQL in a database as the services do; the result is a line per row, <c>|</c> between the values.</summary>
    public async Task<string> RunAsync(string database, string sql) => (await Peer.ShellAsync(
        $"PGPASSWORD=$(cat '{system.Data}/secrets/gantry') psql -X -q -A -t -v ON_ERROR_STOP=1 "
        + $"-h localhost -p {system.Ports.Postgres} -U gantry -c \"{sql}\" {database}")).MustSucceed().Output.Trim();
}
