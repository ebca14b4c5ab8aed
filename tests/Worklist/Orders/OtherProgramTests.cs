using System.Globalization;
using System.Text;
using Gantry.Worklist.Tests.Engines;

namespace Gantry.Worklist.Tests.Orders;

public sealed class SqliteOtherProgramTests : OtherProgramTests
{
    protected override Task<StorePlace> MakePlaceAsync() => OnSqliteAsync();

    [Fact]
    public async Task Bytes_and_numbers_in_place_of_text_hide_no_neighbour()
    {
        await Place.ByAnotherProgramAsync("""
            INSERT INTO worklist_items (accession_number, patient_name, scheduled_date) VALUES ('A1', 'BEFORE', '20260101');
            INSERT INTO worklist_items (accession_number, patient_name, scheduled_date) VALUES ('A2', x'FF00FE', 20260102);
            INSERT INTO worklist_items (accession_number, patient_name, scheduled_date) VALUES ('A3', 'AFTER', '20260103');
            """);

        Assert.Equal(["A1", "A2", "A3"], await AccessionsAsync(new WorklistCriteria()));
        IReadOnlyList<WorklistItem> items = await Store.FindAsync(new WorklistFilter(), default);
        Assert.Equal(["BEFORE", "\uFFFD\0\uFFFD", "AFTER"], items.Select(static item => item.PatientName));
    }

    [Fact]
    public async Task A_cursor_gives_the_bytes_of_the_file_as_they_are()
    {
        await Place.ByAnotherProgramAsync("INSERT INTO worklist_items (accession_number, patient_name) VALUES ('A1', x'B1E8')");

        await using IWorklistCursor cursor = await Store.QueryAsync(new WorklistCriteria(), default);
        await cursor.ReadAsync(default);

        Assert.Equal([0xB1, 0xE8], cursor[WorklistColumn.PatientName].ToArray());
    }
}

[Collection(PostgresRuns.Name)]
public sealed class PostgresOtherProgramTests(PostgresFixture fixture) : OtherProgramTests
{
    protected override Task<StorePlace> MakePlaceAsync() => OnPostgresAsync(fixture);
}

public abstract class OtherProgramTests : StoreTest
{
    private const string ContractInsert = """
        INSERT INTO worklist_items (accession_number, patient_id, patient_name, patient_birth_date, patient_sex, scheduled_date, scheduled_time,
        modality, study_description, procedure_code) VALUES ('ACC123','BS123456','SMITH^JOHN','19800101','M', '20260105','143000','MG',
        'Screening Mammography','MAMMO_SCREENING');
        """;

    [Fact]
    public async Task An_order_inserted_by_another_program_is_served_whole_by_the_next_query()
    {
        Assert.Empty(await AccessionsAsync(new WorklistCriteria { AccessionNumber = "ACC123" }));
        await Place.ByAnotherProgramAsync(ContractInsert);
        Assert.Equal(["ACC123"], await AccessionsAsync(new WorklistCriteria { AccessionNumber = "ACC123", Statuses = [OrderStatus.Scheduled] }));

        WorklistItem item = (await Store.GetAsync("ACC123", default))!;
        Assert.Matches(@"^2\.25\.[1-9][0-9]{36}$", item.StudyInstanceUid);
        Assert.Equal(("ACC123", "ACC123", "SMITH^JOHN"), (item.RequestedProcedureId, item.ScheduledStepId, item.PatientName));
        Assert.True(DateTimeOffset.TryParse(item.CreatedAt, CultureInfo.InvariantCulture, out _));
        Assert.NotNull(item.UpdatedAt);
    }

    [Fact]
    public async Task A_change_by_another_program_is_served_and_stamped()
    {
        await Store.AddAsync(Order("A1"), default);
        await Place.ByAnotherProgramAsync("UPDATE worklist_items SET patient_name = 'JONES^MARY' WHERE accession_number = 'A1'");

        WorklistItem item = (await Store.GetAsync("A1", default))!;
        Assert.Equal("JONES^MARY", item.PatientName);
        Assert.NotEqual("2026-01-05T09:00:00.000Z", item.UpdatedAt);
    }

    [Fact]
    public async Task A_study_uid_that_another_program_empties_is_kept()
    {
        string? uid = (await Store.AddAsync(Order("A1"), default)).Item.StudyInstanceUid;
        await Place.ByAnotherProgramAsync("UPDATE worklist_items SET study_instance_uid = NULL, scheduled_step_id = '' WHERE accession_number = 'A1'");

        WorklistItem item = (await Store.GetAsync("A1", default))!;
        Assert.Equal((uid, "A1"), (item.StudyInstanceUid, item.ScheduledStepId));
    }

    [Theory]
    [InlineData("UPDATE worklist_items SET status = 'FINISHED' WHERE accession_number = 'A1'")]
    [InlineData("UPDATE worklist_items SET status = NULL WHERE accession_number = 'A1'")]
    [InlineData("INSERT INTO worklist_items (accession_number, status) VALUES ('A2', 'FINISHED')")]
    public async Task An_unknown_status_is_refused(string sql)
    {
        await Store.AddAsync(Order("A1"), default);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Place.ByAnotherProgramAsync(sql));
        Assert.Equal(1, (await Store.StatisticsAsync(default)).Counts[OrderStatus.Scheduled]);
    }

    [Fact]
    public async Task An_order_without_values_and_one_with_endless_values_hide_no_neighbour()
    {
        string endless = new('X', 500);
        await Store.AddAsync(Order("A1"), default);
        await Place.ByAnotherProgramAsync($"""
            INSERT INTO worklist_items (accession_number) VALUES ('A0');
            INSERT INTO worklist_items (accession_number, patient_name, modality, scheduled_date) VALUES ('{endless}', '{endless}', '{endless}', '2027');
            """);

        Assert.Equal(["A0", "A1", endless], await AccessionsAsync(new WorklistCriteria()));
        WorklistItem empty = (await Store.GetAsync("A0", default))!;
        Assert.Equal((null, null, OrderStatus.Scheduled), (empty.PatientName, empty.ScheduledDate, empty.Status));
    }

    [Fact]
    public async Task Every_patient_stands_once_in_the_view_with_the_latest_name()
    {
        await Store.AddAsync([Order("A1") with { PatientId = "P1" }, Order("A2") with { PatientId = "P2" }], default);
        Time.Advance(TimeSpan.FromMinutes(1));
        await Store.AddAsync(Order("A0") with { PatientId = "P1", PatientName = "MARRIED^JANE" }, default);

        string patients = await Place.ByAnotherProgramAsync("SELECT patient_id, patient_name, birth_date, sex FROM patients ORDER BY patient_id");

        Assert.Equal("P1|MARRIED^JANE|19650315|F\nP2|SMITH^JANE|19650315|F", patients);
    }

    [Fact]
    public async Task Ten_thousand_orders_inserted_by_another_program_get_study_uids_of_their_own()
    {
        var sql = new StringBuilder("BEGIN;");
        for (int i = 0; i < 10_000; i++) sql.Append(CultureInfo.InvariantCulture, $"INSERT INTO worklist_items (accession_number) VALUES ('N{i}');");
        await Place.ByAnotherProgramAsync(sql.Append("COMMIT;").ToString());

        Assert.Equal("10000", await Place.ByAnotherProgramAsync("SELECT count(DISTINCT study_instance_uid) FROM worklist_items"));
    }
}
