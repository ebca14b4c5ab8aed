using Gantry.EmrSync.Status;
using Gantry.EmrSync.Tests.Emr;
using Gantry.Worklist.Tests.Engines;

namespace Gantry.EmrSync.Tests.Status;

/// <summary>Telling an EMR in SQLite, and one in PostgreSQL, by their real drivers.</summary>
public sealed class StatusWriterTests(StatusWriterTests.Postgres running) : IClassFixture<StatusWriterTests.Postgres>, IAsyncLifetime
{
    private StatusEmr _sqlite = null!;
    private StatusEmr _postgres = null!;

    public async Task InitializeAsync() => (_sqlite, _postgres) = (await StatusEmr.MakeAsync(), await StatusEmr.MakeAsync(running.Server));

    public Task DisposeAsync()
    {
        _sqlite.Dispose();
        _postgres.Dispose();
        return Task.CompletedTask;
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Many_statuses_are_told_and_the_EMR_says_how_many_rows_changed(bool onPostgres)
    {
        var emr = Emr(onPostgres);
        emr.Add(Enumerable.Range(1, 50));

        var results = await WriteAsync(emr, [.. Enumerable.Range(1, 50).Select(Write), Write(99)]);

        Assert.Null(results.Failure);
        Assert.Equal([.. Enumerable.Repeat(1, 50), 0], results.Results.Select(result => Assert.IsType<StatusResult.Told>(result).Rows));
        Assert.Equal(Enumerable.Range(1, 50).Select(seq => $"{seq} CO"), emr.Told());
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_status_that_the_EMR_refuses_holds_back_no_other_and_the_reason_quotes_no_row(bool onPostgres)
    {
        var emr = Emr(onPostgres);
        emr.Add(Enumerable.Range(1, 9));
        emr.Run(onPostgres ? "ALTER TABLE PcsInf ADD CONSTRAINT words CHECK (PcsOdrSeq NOT IN (4, 7) OR PcsStatus IS NULL)"
            : "CREATE TRIGGER words BEFORE UPDATE ON PcsInf WHEN NEW.PcsOdrSeq IN (4, 7) BEGIN SELECT RAISE(ABORT, 'not SMITH^JANE'); END");

        var results = await WriteAsync(emr, [.. Enumerable.Range(1, 9).Select(Write)]);

        Assert.Null(results.Failure);
        Assert.Equal([1, 2, 3, 5, 6, 8, 9], Enumerable.Range(1, 9).Where(seq => results.Results[seq - 1] is StatusResult.Told));
        Assert.Equal([1, 2, 3, 5, 6, 8, 9], emr.Told().Select(told => int.Parse(told[..1], null)).Order());
        Assert.All([3, 6], bad => Assert.DoesNotContain("SMITH", Assert.IsType<StatusResult.Refused>(results.Results[bad]).Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_EMR_refuses_only_when_it_commits_is_found_too()
    {
        _postgres.Add(Enumerable.Range(1, 5));
        _postgres.Run("CREATE TABLE refused (seq integer PRIMARY KEY)");
        _postgres.Run("CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF NEW.PcsOdrSeq = 3 THEN RAISE EXCEPTION ''later''; END IF; RETURN NEW; END'");
        _postgres.Run("CREATE CONSTRAINT TRIGGER late AFTER UPDATE ON PcsInf DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION late()");

        var results = await WriteAsync(_postgres, [.. Enumerable.Range(1, 5).Select(Write)]);

        Assert.IsType<StatusResult.Refused>(results.Results[2]);
        Assert.Equal(["1 CO", "2 CO", "4 CO", "5 CO"], _postgres.Told());
        Assert.Equal(4, results.Results.OfType<StatusResult.Told>().Count());
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Where_the_table_is_missing_a_few_are_tried_and_the_reason_says_what_to_change(bool onPostgres)
    {
        var results = await WriteAsync(Emr(onPostgres), [.. Enumerable.Range(1, 50).Select(Write)], "UPDATE NoSuchTable SET s = @status WHERE k = @order_key");

        Assert.Equal(10, results.Results.OfType<StatusResult.Refused>().Count());
        Assert.Equal(40, results.Results.OfType<StatusResult.NotTold>().Count());
        Assert.Contains("A table in the SQL does not exist there", ((StatusResult.Refused)results.Results[0]).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parameter_that_there_is_not_is_named()
    {
        var results = await WriteAsync(_sqlite, [Write(1)], "UPDATE PcsInf SET PcsStatus = @word WHERE PcsOdrSeq = @order_key");

        Assert.Contains("@word", Assert.IsType<StatusResult.Refused>(results.Results[0]).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_that_somebody_has_locked_in_the_EMR_waits_and_the_others_are_told_with_the_next_batch()
    {
        _postgres.Add(1, 2, 3);
        await using var writer = new StatusWriter(_postgres.Options, TimeProvider.System);
        await using var person = _postgres.Open();
        await using (await person.BeginTransactionAsync())
        {
            using var command = new Gantry.Odbc.OdbcCommand("UPDATE PcsInf SET PcsPatNam = 'SMITH^JANE' WHERE PcsOdrSeq = 2", person);
            await command.ExecuteNonQueryAsync();

            var first = await writer.WriteAsync([Write(1), Write(2), Write(3)], default);
            Assert.IsType<StatusResult.Refused>(first.Results[1]);
            Assert.NotNull(first.Failure);
            Assert.DoesNotContain(await writer.WriteAsync([Write(1), Write(3)], default) is { Results: var again } ? again : [], result => result is not StatusResult.Told);
        }
        Assert.IsType<StatusResult.Told>((await writer.WriteAsync([Write(2)], default)).Results[0]);
    }

    [Fact]
    public async Task A_connection_that_died_while_nobody_looked_costs_nothing_and_an_EMR_that_is_away_is_said_to_be()
    {
        _postgres.Add(1, 2);
        await using var writer = new StatusWriter(_postgres.Options, TimeProvider.System);
        Assert.Null((await writer.WriteAsync([Write(1)], default)).Failure);

        _postgres.Run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");
        var second = await writer.WriteAsync([Write(2)], default);
        Assert.Null(second.Failure);
        Assert.Equal(1, Assert.IsType<StatusResult.Told>(second.Results[0]).Rows);

        await running.Server.StopAsync();
        var away = await writer.WriteAsync([Write(1), Write(2)], default);
        Assert.Equal("connect", away.Failure!.Phase);
        Assert.All(away.Results, result => Assert.IsType<StatusResult.NotTold>(result));

        await running.Server.OpenAsync();
        Assert.All((await writer.WriteAsync([Write(1), Write(2)], default)).Results, result => Assert.IsType<StatusResult.Told>(result));
    }

    [Fact]
    public async Task A_statement_that_takes_its_connection_along_is_refused_and_the_next_ones_work()
    {
        _postgres.Add(1, 2, 3);
        _postgres.Run("CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END'");
        _postgres.Run("CREATE TRIGGER die BEFORE UPDATE ON PcsInf FOR EACH ROW WHEN (NEW.PcsOdrSeq = 2) EXECUTE FUNCTION die()");

        var results = await WriteAsync(_postgres, [Write(2), Write(3)]);

        Assert.IsType<StatusResult.Refused>(results.Results[0]);
        Assert.IsType<StatusResult.NotTold>(results.Results[1]);
        Assert.NotNull(results.Failure);
    }

    /// <summary>One server for all; each test has a database of its own.</summary>
    public sealed class Postgres : IAsyncLifetime
    {
        public PrivatePostgres Server { get; private set; } = null!;

        public async Task InitializeAsync() => Server = await PrivatePostgres.StartAsync();

        public async Task DisposeAsync() => await Server.DisposeAsync();
    }

    private StatusEmr Emr(bool onPostgres) => onPostgres ? _postgres : _sqlite;

    private static StatusWrite Write(int seq) => new(seq.ToString(System.Globalization.CultureInfo.InvariantCulture), StatusEmr.Accession(seq), "CO");

    private static async Task<StatusResults> WriteAsync(StatusEmr emr, IReadOnlyList<StatusWrite> writes, string? sql = null)
    {
        await using var writer = new StatusWriter(sql is null ? emr.Options : emr.Options with { StatusUpdate = sql }, TimeProvider.System);
        return await writer.WriteAsync(writes, default);
    }
}
