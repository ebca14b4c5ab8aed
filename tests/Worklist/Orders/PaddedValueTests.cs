using Gantry.Worklist.Tests.Engines;

namespace Gantry.Worklist.Tests.Orders;

public sealed class SqlitePaddedValueTests : PaddedValueTests
{
    protected override Task<StorePlace> MakePlaceAsync() => OnSqliteAsync();

    [Fact]
    public async Task An_accession_number_that_another_order_has_but_for_its_blanks_is_refused_or_ignored_or_replaces_as_the_statement_says()
    {
        await Place.ByAnotherProgramAsync(Padded);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Place.ByAnotherProgramAsync(Padded));
        await Place.ByAnotherProgramAsync(Padded.Replace("INSERT", "INSERT OR IGNORE", StringComparison.Ordinal));
        Assert.Equal(["A1"], await AccessionsAsync(new WorklistCriteria()));
        await Place.ByAnotherProgramAsync(
            Padded.Replace("INSERT", "INSERT OR REPLACE", StringComparison.Ordinal).Replace("SMITH^JANE", "JONES^MARY", StringComparison.Ordinal));
        Assert.Equal("JONES^MARY", Assert.Single(await Store.FindAsync(new WorklistFilter(), default)).PatientName);
    }
}

[Collection(PostgresRuns.Name)]
public sealed class PostgresPaddedValueTests(PostgresFixture fixture) : PaddedValueTests
{
    protected override Task<StorePlace> MakePlaceAsync() => OnPostgresAsync(fixture);

    [Fact]
    public async Task An_accession_number_that_another_order_has_but_for_its_blanks_is_refused_or_updates_as_the_statement_says()
    {
        await Place.ByAnotherProgramAsync(Padded);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Place.ByAnotherProgramAsync(Padded));
        await Place.ByAnotherProgramAsync(Padded.Replace(";", " ON CONFLICT (accession_number) DO UPDATE SET patient_name = 'JONES^MARY';", StringComparison.Ordinal));
        Assert.Equal("JONES^MARY", Assert.Single(await Store.FindAsync(new WorklistFilter(), default)).PatientName);
    }

    [Fact]
    public async Task Padded_rows_that_are_there_already_are_mended_by_the_upgrade()
    {
        await Place.ByAnotherProgramAsync($"""
            ALTER TABLE worklist_items DISABLE TRIGGER ALL; {Padded}
            INSERT INTO worklist_items (accession_number, updated_at) VALUES ('A2', ''), ('A2 ', '');
            INSERT INTO mpps_orders VALUES ('9.1', 'A1              ');
            ALTER TABLE worklist_items ENABLE TRIGGER ALL; DELETE FROM schema_version WHERE version >= 3; DROP TABLE feed_cursors;
            """);
        await RestartAsync();

        Assert.Equal(["A1"], await AccessionsAsync(new WorklistCriteria { Modalities = ["MG"], StudyInstanceUids = ["1.2.3"] }));
        Assert.Equal("A1", await Place.ByAnotherProgramAsync("SELECT accession_number FROM mpps_orders"));
        Assert.Equal("2", await Place.ByAnotherProgramAsync("SELECT count(*) FROM worklist_items WHERE btrim(accession_number) = 'A2'"));
        Assert.Equal("A2 ", Assert.Single(await Store.SetAsideItemsAsync(9, default)).Reference);
        Assert.True(await Store.UpdateStatusAsync("A2 ", OrderStatus.Discontinued, default));
    }
}

/// <summary>Programs whose columns are CHAR(n) pad every value with blanks; some write modality and sex in words of their own.</summary>
public abstract class PaddedValueTests : StoreTest
{
    protected const string Padded = """
        INSERT INTO worklist_items (accession_number, patient_id, patient_name, patient_birth_date, patient_sex, scheduled_date, scheduled_time,
        modality, study_instance_uid, requested_procedure_id, scheduled_step_id, scheduled_station_aet) VALUES ('A1              ', 'P1        ',
        'SMITH^JANE', '19650315 ', 'FEMALE    ', '20260105  ', '100000  ', 'Mg              ', '1.2.3   ', 'RP1     ', 'SPS1    ', 'MMG1      ');
        """;

    [Fact]
    public async Task A_padded_order_is_found_by_every_key_and_kept_without_its_padding()
    {
        await Place.ByAnotherProgramAsync(Padded);

        foreach (WorklistCriteria criteria in (WorklistCriteria[])
            [
                new() { AccessionNumber = "A1" }, new() { PatientId = "P1" }, new() { StudyInstanceUids = ["1.2.3"] },
                new() { RequestedProcedureId = "RP1" }, new() { ScheduledStepId = "SPS1" }, new() { Modalities = ["MG"] },
                new() { DateFrom = "20260105", DateTo = "20260105" },
            ])
            Assert.Equal(["A1"], await AccessionsAsync(criteria));
        WorklistItem item = (await Store.GetAsync("A1", default))!;
        Assert.Equal(("F", "MG", "MMG1", "100000", "19650315"),
            (item.PatientSex, item.Modality, item.ScheduledStationAet, item.ScheduledTime, item.PatientBirthDate));
    }

    [Fact]
    public async Task An_order_changed_to_padded_values_is_found_by_every_key_as_well()
    {
        await Store.AddAsync(Order("A1"), default);
        await Place.ByAnotherProgramAsync("UPDATE worklist_items SET modality = 'ct  ', patient_id = 'P9  ', patient_sex = 'male' WHERE accession_number = 'A1'");
        await Place.ByAnotherProgramAsync("UPDATE worklist_items SET accession_number = 'A2  ' WHERE accession_number = 'A1'");

        Assert.Equal(["A2"], await AccessionsAsync(new WorklistCriteria { Modalities = ["CT"], PatientId = "P9" }));
        Assert.Equal("M", (await Store.GetAsync("A2", default))!.PatientSex);
    }

    [Theory]
    [InlineData("Male", "M")]
    [InlineData("m", "M")]
    [InlineData(" MALE ", "M")]
    [InlineData("f", "F")]
    [InlineData("other", "O")]
    [InlineData("unknown", "unknown")]
    public async Task A_sex_in_a_word_is_kept_as_its_letter(string written, string kept)
    {
        await Place.ByAnotherProgramAsync($"INSERT INTO worklist_items (accession_number, patient_sex) VALUES ('A1', '{written}')");
        Assert.Equal(kept, (await Store.GetAsync("A1", default))!.PatientSex);
    }

    [Fact]
    public async Task Ids_of_nothing_but_blanks_are_filled_in_like_missing_ones()
    {
        await Place.ByAnotherProgramAsync(
            "INSERT INTO worklist_items (accession_number, study_instance_uid, requested_procedure_id, scheduled_step_id) VALUES ('A1  ', '  ', ' ', '   ')");
        WorklistItem item = (await Store.GetAsync("A1", default))!;
        Assert.Matches(@"^2\.25\.[1-9][0-9]{36}$", item.StudyInstanceUid);
        Assert.Equal(("A1", "A1"), (item.RequestedProcedureId, item.ScheduledStepId));

        await Place.ByAnotherProgramAsync("UPDATE worklist_items SET study_instance_uid = '   ', scheduled_step_id = ' ' WHERE accession_number = 'A1'");
        WorklistItem kept = (await Store.GetAsync("A1", default))!;
        Assert.Equal((item.StudyInstanceUid, "A1"), (kept.StudyInstanceUid, kept.ScheduledStepId));
    }

    [Fact]
    public async Task A_step_finds_a_padded_order_by_its_accession_number_and_moves_it()
    {
        await Place.ByAnotherProgramAsync(Padded);
        await Store.CreateStepAsync(new NewPerformedStep
        {
            SopInstanceUid = "9.1",
            Dataset = new StepObject(new byte[] { 1 }, "1.2.840.10008.1.2", null),
            References = [new ScheduledReference { AccessionNumber = "A1" }],
        }, default);
        Assert.Equal(OrderStatus.InProgress, (await Store.GetAsync("A1", default))!.Status);
    }

    [Fact]
    public async Task An_order_added_with_blanks_around_its_number_is_the_one_without_them()
    {
        Assert.Equal(AddResult.Created, (await Store.AddAsync(Order("A1") with { AccessionNumber = " A1 " }, default)).Result);
        AddOutcome again = await Store.AddAsync(Order("A1") with { AccessionNumber = "A1  " }, default);
        Assert.Equal((AddResult.Exists, "A1"), (again.Result, again.Item.AccessionNumber));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.AddAsync(Order("A1") with { AccessionNumber = "  " }, default));
    }
}
