using System.Globalization;
using Gantry.Odbc;

namespace Gantry.EmrSync.Demo;

/// <summary>
/// The demo EMR (table PcsInf, made by compose/emr) as its own program would use it: orders are added, changed and cancelled. The SQL is
/// what SQLite and SQL Server both know.
/// </summary>
public sealed class DemoEmr : IAsyncDisposable
{
    private const string When = "yyyyMMddHHmm";

    private readonly TimeProvider _time;
    private readonly OdbcDataSource _emr;

    /// <summary>Opens nothing yet.</summary>
    /// <param name="connectionString">The EMR, as the ODBC driver wants it.</param>
    /// <param name="time">The clock and the day of the site.</param>
    public DemoEmr(string connectionString, TimeProvider time)
    {
        _time = time;
        _emr = new OdbcDataSource(connectionString, new OdbcDataSourceOptions { MaximumConnections = 1 }, time);
    }

    /// <summary>Makes sure that it is the demo EMR: it has the table GantryDemoEmr. To be called before anything else.</summary>
    /// <exception cref="EmrSyncException">It is another EMR, or cannot be reached.</exception>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        OdbcConnection connection;
        try
        {
            connection = await _emr.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OdbcException refused)
        {
            throw EmrSyncException.Of("connect", refused);
        }
        await using (connection.ConfigureAwait(false))
        {
            try
            {
                await ScalarAsync(connection, "SELECT count(*) FROM GantryDemoEmr", cancellationToken).ConfigureAwait(false);
            }
            catch (OdbcException missing)
            {
                throw new EmrSyncException("demo",
                    "This EMR is not the demo EMR (it has no table GantryDemoEmr), so nothing was changed. compose/up makes a demo EMR, "
                    + "and compose/emr/sqlserver has one for SQL Server.", missing);
            }
        }
    }

    /// <summary>Adds orders for the next hours of today.</summary>
    /// <exception cref="EmrSyncException">The EMR did not take one.</exception>
    public Task<IReadOnlyList<DemoChange>> AddAsync(int count, CancellationToken cancellationToken) => TransactAsync(async connection =>
    {
        var done = new List<DemoChange>();
        int last = Convert.ToInt32(
            await ScalarAsync(connection, "SELECT coalesce(max(PcsOdrSeq), 20000) FROM PcsInf", cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture);
        DateTime now = _time.GetLocalNow().DateTime;
        for (int n = 1; n <= count; n++)
        {
            int seq = last + n;
            DemoPatient patient = DemoPatient.All[seq % DemoPatient.All.Count];
            string due = Later(now, 10 * n);
            string modality = DemoPatient.Modalities[seq % DemoPatient.Modalities.Count];
            await ExecuteAsync(connection,
                "INSERT INTO PcsInf (PcsOdrSeq, PcsOdrDtm, PcsOrgDtm, PcsUntCod, PcsPatNam, PcsChtNum, PcsBirDte, PcsSexTyp, PcsDelFlg) "
                + "VALUES (@seq, @due, @ordered, @modality, @name, @chart, @birth, @sex, 'N')",
                cancellationToken, ("seq", seq), ("due", due), ("ordered", now.ToString(When, CultureInfo.InvariantCulture)), ("modality", modality),
                ("name", patient.Name), ("chart", patient.Chart), ("birth", patient.Birth), ("sex", patient.Sex)).ConfigureAwait(false);
            done.Add(new DemoChange("added", seq, "", due, modality, patient.Name));
        }
        return done;
    }, cancellationToken);

    /// <summary>Changes orders of today that no modality has started: one's time, the next one's name, the next one's modality, and so on.</summary>
    /// <returns>What was changed; fewer than asked for where the day has no more.</returns>
    /// <exception cref="EmrSyncException">The EMR did not take one.</exception>
    public Task<IReadOnlyList<DemoChange>> ChangeAsync(int count, CancellationToken cancellationToken) => TransactAsync(async connection =>
    {
        var done = new List<DemoChange>();
        foreach (DemoChange order in await OpenAsync(connection, count, cancellationToken).ConfigureAwait(false))
        {
            DemoChange changed = (done.Count % 3) switch
            {
                0 => order with { Action = "changed", What = "time", Due = Later(Moment(order.Due), 30) },
                1 => order with { Action = "changed", What = "name", Name = DemoPatient.Corrected(order.Name) },
                _ => order with { Action = "changed", What = "modality", Modality = DemoPatient.Other(order.Modality) },
            };
            await ExecuteAsync(connection, "UPDATE PcsInf SET PcsOdrDtm = @due, PcsPatNam = @name, PcsUntCod = @modality WHERE PcsOdrSeq = @seq",
                cancellationToken, ("due", changed.Due), ("name", changed.Name), ("modality", changed.Modality), ("seq", changed.OrderKey)).ConfigureAwait(false);
            done.Add(changed);
        }
        return done;
    }, cancellationToken);

    /// <summary>Cancels orders of today that no modality has started.</summary>
    /// <returns>What was cancelled; fewer than asked for where the day has no more.</returns>
    /// <exception cref="EmrSyncException">The EMR did not take one.</exception>
    public Task<IReadOnlyList<DemoChange>> CancelAsync(int count, CancellationToken cancellationToken) => TransactAsync(async connection =>
    {
        var done = new List<DemoChange>();
        foreach (DemoChange order in await OpenAsync(connection, count, cancellationToken).ConfigureAwait(false))
        {
            await ExecuteAsync(connection, "UPDATE PcsInf SET PcsDelFlg = 'Y' WHERE PcsOdrSeq = @seq", cancellationToken, ("seq", order.OrderKey)).ConfigureAwait(false);
            done.Add(order with { Action = "cancelled" });
        }
        return done;
    }, cancellationToken);

    /// <summary>Closes the connection.</summary>
    public ValueTask DisposeAsync() => _emr.DisposeAsync();

    /// <summary>Orders of today that are neither cancelled nor started, in any order.</summary>
    private async Task<List<DemoChange>> OpenAsync(OdbcConnection connection, int most, CancellationToken cancellationToken)
    {
        using var command = new OdbcCommand(
            "SELECT PcsOdrSeq, PcsOdrDtm, PcsUntCod, PcsPatNam FROM PcsInf WHERE PcsOdrDtm >= @from AND PcsOdrDtm <= @to AND PcsDelFlg = 'N' AND coalesce(PcsStatus, '') = ''",
            connection);
        DateTime today = _time.GetLocalNow().Date;
        command.Parameters.AddWithValue("from", today.ToString(When, CultureInfo.InvariantCulture));
        command.Parameters.AddWithValue("to", today.AddDays(1).AddMinutes(-1).ToString(When, CultureInfo.InvariantCulture));
        var found = new List<DemoChange>();
        OdbcDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                found.Add(new DemoChange("", reader.GetInt32(0), "", reader.GetString(1).Trim(), reader.GetString(2).Trim(), reader.GetString(3).Trim()));
        }
        DemoChange[] all = [.. found];
        Random.Shared.Shuffle(all);
        return [.. all.Take(most)];
    }

    private async Task<IReadOnlyList<DemoChange>> TransactAsync(Func<OdbcConnection, Task<List<DemoChange>>> work, CancellationToken cancellationToken)
    {
        try
        {
            OdbcConnection connection = await _emr.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
                await using (transaction.ConfigureAwait(false))
                {
                    List<DemoChange> done = await work(connection).ConfigureAwait(false);
                    await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                    return done;
                }
            }
        }
        catch (OdbcException refused)
        {
            throw new EmrSyncException("write", $"The demo EMR did not take it: {refused.Message}", refused);
        }
    }

    private static async Task<object?> ScalarAsync(OdbcConnection connection, string sql, CancellationToken cancellationToken)
    {
        using var command = new OdbcCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task ExecuteAsync(
        OdbcConnection connection, string sql, CancellationToken cancellationToken, params (string Name, object Value)[] values)
    {
        using var command = new OdbcCommand(sql, connection);
        foreach ((string name, object value) in values) command.Parameters.AddWithValue(name, value);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>So many minutes later, but on the same day, in steps of five minutes.</summary>
    private static string Later(DateTime moment, int minutes)
    {
        DateTime later = moment.AddMinutes(minutes + 4);
        later = later.AddMinutes(-(later.Minute % 5));
        DateTime latest = moment.Date.AddHours(23).AddMinutes(55);
        return (later < latest ? later : latest).ToString(When, CultureInfo.InvariantCulture);
    }

    private static DateTime Moment(string due) => DateTime.ParseExact(due.PadRight(When.Length, '0')[..When.Length], When, CultureInfo.InvariantCulture);
}

/// <summary>What was done to an order of the demo EMR.</summary>
/// <param name="Action">added, changed or cancelled.</param>
/// <param name="OrderKey">The EMR's number of it.</param>
/// <param name="What">What was changed: time, name or modality.</param>
/// <param name="Due">When the exam is due, yyyyMMddHHmm.</param>
/// <param name="Modality">The modality.</param>
/// <param name="Name">The invented patient.</param>
public sealed record DemoChange(string Action, int OrderKey, string What, string Due, string Modality, string Name)
{
    /// <summary>Under which the order is in the worklist.</summary>
    public string AccessionNumber => OrderKey.ToString("D8", CultureInfo.InvariantCulture);
}
