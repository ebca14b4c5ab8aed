using Gantry.Worklist.Queries;
using Gantry.Worklist.Tests.Engines;

namespace Gantry.Worklist.Tests.Orders;

/// <summary>
/// The time of a query must not grow with the store: each shape of criteria has its index, and nothing is sorted on the way.
/// </summary>
public sealed class QueryPlanTests : StoreTest
{
    public static TheoryData<string, WorklistCriteria, bool> Plans => new()
    {
        { "ix_items_status_modality_date (status=? AND modality=? AND scheduled_date>? AND scheduled_date<?)",
            new() { Statuses = [OrderStatus.Scheduled], Modalities = ["MG"], DateFrom = "20260105", DateTo = "20260105" }, false },
        { "ix_items_status_modality_date (status=? AND modality=?)",
            new() { Statuses = [OrderStatus.Scheduled, OrderStatus.InProgress], Modalities = ["MG", "MR"] }, false },
        { "ix_items_status_date (status=? AND scheduled_date>? AND scheduled_date<?)",
            new() { Statuses = [OrderStatus.Scheduled], DateFrom = "20260105", DateTo = "20260106" }, false },
        { "ix_items_status_date (status=?)", new() { Statuses = [OrderStatus.Scheduled] }, false },
        { "ix_items_status_date (status=?)", new() { Statuses = [OrderStatus.Scheduled, OrderStatus.InProgress] }, false },
        { "ix_items_date_modality", new(), false },
        { "ix_items_date_modality (scheduled_date>?", new() { DateFrom = "20260105", Modalities = ["MG", "MR"] }, false },
        { "sqlite_autoindex_worklist_items_1 (accession_number=?)",
            new() { AccessionNumber = "A1", Statuses = [OrderStatus.Scheduled], Modalities = ["MG"], DateFrom = "2" }, false },
        { "ix_items_patient (patient_id=?)", new() { PatientId = "P1", Statuses = [OrderStatus.Scheduled], DateFrom = "2" }, true },
        { "ix_items_study (study_instance_uid=?)", new() { StudyInstanceUids = ["1.2", "1.3"], Statuses = [OrderStatus.Scheduled] }, true },
        { "ix_items_scheduled_step (scheduled_step_id=?)", new() { ScheduledStepId = "S1", PatientId = "P1" }, true },
        { "ix_items_requested_procedure (requested_procedure_id=?)", new() { RequestedProcedureId = "R1", Modalities = ["MG"] }, true },
    };

    protected override Task<StorePlace> MakePlaceAsync() => OnSqliteAsync();

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task A_query_walks_its_index_and_sorts_only_the_few_rows_of_a_key(string index, WorklistCriteria criteria, bool sorts)
    {
        string sql = CriteriaSql.For(criteria).Text;

        string plan = await Place.ByAnotherProgramAsync($"EXPLAIN QUERY PLAN {sql};");

        Assert.Contains("USING INDEX " + index, plan, StringComparison.Ordinal);
        Assert.DoesNotContain("SCAN worklist_items\n", plan + "\n", StringComparison.Ordinal);
        Assert.Equal(sorts, plan.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }
}
