using Gantry.EmrSync.Sync;
using Gantry.EmrSync.Tests.Emr;
using Gantry.Worklist;

namespace Gantry.EmrSync.Tests.Sync;

public sealed class OrderSyncTests : IAsyncLifetime
{
    private EmrUnderTest _emr = null!;

    public async Task InitializeAsync() => _emr = await EmrUnderTest.MakeAsync();

    public async Task DisposeAsync() => await _emr.DisposeAsync();

    [Fact]
    public async Task A_thousand_orders_between_two_syncs_all_arrive()
    {
        _emr.Add(0, "A0");
        await SyncAsync(SyncMode.ChangedAt);
        _emr.Run("BEGIN");
        for (int seq = 1; seq <= 1000; seq++) _emr.Add(seq, $"A{seq}");
        _emr.Run("COMMIT");

        EmrRun run = await SyncAsync(SyncMode.ChangedAt);

        Assert.Equal((1000, false), (run.Added, run.IsWhole));
        Assert.Equal(1001, (await _emr.ItemsAsync()).Count);
    }

    [Fact]
    public async Task The_first_sync_writes_many_orders_at_once_and_later_ones_leave_room_for_exams_in_between()
    {
        var sizes = new BatchSizes(_emr.Worklist.Emr);
        for (int seq = 1; seq <= 30; seq++) _emr.Add(seq, $"A{seq}");

        await using (OrderSync first = _emr.Sync(SyncMode.Window, sizes)) await first.RunAsync("test", default);
        _emr.Run("UPDATE exams SET name = 'SMYTHE^JANE'");
        await using (OrderSync next = _emr.Sync(SyncMode.Window, sizes)) await next.RunAsync("test", default);

        _emr.Run("UPDATE exams SET name = 'SMITHE^JANE'");
        EmrSyncOptions others = _emr.Options(SyncMode.Window) with { Orders = _emr.Options(SyncMode.Window).Orders + " WHERE 1 = 1" };
        await using (OrderSync changed = _emr.Sync(others, sizes)) await changed.RunAsync("test", default);

        Assert.Equal([30, 7, 7, 7, 7, 2, 7, 7, 7, 7, 2], sizes.Written.Where(static size => size > 0));
        Assert.All((await _emr.ItemsAsync()).Values, item => Assert.Equal("SMITHE^JANE", item.PatientName));
    }

    [Fact]
    public async Task An_order_of_somebody_else_is_left_alone_and_the_row_of_the_EMR_waits_until_it_is_gone()
    {
        await _emr.Worklist.AddAsync(new WorklistItem { AccessionNumber = "A1", PatientId = "C1", PatientName = "CLOUD^ORDER" }, default);
        _emr.Add(1, "A1");

        Assert.Equal(1, (await SyncAsync(SyncMode.Window)).SetAside);
        Assert.Equal("CLOUD^ORDER", (await _emr.ItemsAsync())["A1"].PatientName);

        await _emr.Worklist.RemoveAsync("A1", default);
        Assert.Equal(1, (await SyncAsync(SyncMode.Window)).Added);
        Assert.Empty(await _emr.Worklist.SetAsideItemsAsync(9, default));
    }

    [Fact]
    public async Task A_cancelled_order_is_discontinued_without_a_step_and_keeps_its_study_when_it_is_reinstated()
    {
        _emr.Add(1, "A1");
        await SyncAsync(SyncMode.Window);
        string? study = (await _emr.ItemsAsync())["A1"].StudyInstanceUid;

        _emr.Run("UPDATE exams SET deleted = 1");
        Assert.Equal(1, (await SyncAsync(SyncMode.Window)).Cancelled);
        WorklistItem cancelled = (await _emr.ItemsAsync())["A1"];
        Assert.Equal((OrderStatus.Discontinued, null), (cancelled.Status, cancelled.MppsInstanceUid));

        _emr.Run("UPDATE exams SET deleted = 0");
        Assert.Equal(1, (await SyncAsync(SyncMode.Window)).Reinstated);
        WorklistItem again = (await _emr.ItemsAsync())["A1"];
        Assert.Equal((OrderStatus.Scheduled, study), (again.Status, again.StudyInstanceUid));
    }

    [Fact]
    public async Task A_started_exam_keeps_what_was_examined_though_its_name_is_corrected_and_the_EMR_cancels_it()
    {
        _emr.Add(1, "A1");
        await SyncAsync(SyncMode.Window);
        await _emr.StartExamAsync("A1", "1.2.3");

        _emr.Run("UPDATE exams SET name = 'SMYTHE^JANE', dtm = '202601051130', descr = 'Another'");
        await SyncAsync(SyncMode.Window);
        WorklistItem started = (await _emr.ItemsAsync())["A1"];
        Assert.Equal((OrderStatus.InProgress, "SMYTHE^JANE", "100000", "Screening"),
            (started.Status, started.PatientName, started.ScheduledTime, started.StudyDescription));

        _emr.Run("UPDATE exams SET name = 'OTHER^PATIENT', pid = 'P99'");
        await SyncAsync(SyncMode.Window);
        Assert.Equal("SMYTHE^JANE", (await _emr.ItemsAsync())["A1"].PatientName);

        _emr.Run("UPDATE exams SET deleted = 1");
        await SyncAsync(SyncMode.Window);
        Assert.Equal(OrderStatus.InProgress, (await _emr.ItemsAsync())["A1"].Status);
    }

    [Fact]
    public async Task An_EMR_that_lost_most_of_its_orders_does_not_empty_the_worklist()
    {
        for (int seq = 1; seq <= 30; seq++) _emr.Add(seq, $"A{seq}");
        await SyncAsync(SyncMode.Window);

        _emr.Run("DELETE FROM exams WHERE seq > 2");
        EmrRun run = await SyncAsync(SyncMode.Window);

        Assert.StartsWith("compare: 28 of 30 orders are gone", run.Failure, StringComparison.Ordinal);
        Assert.All((await _emr.ItemsAsync()).Values, item => Assert.Equal(OrderStatus.Scheduled, item.Status));

        await using OrderSync believing = _emr.Sync(_emr.Options(SyncMode.Window) with { MissingLimit = 100 });
        Assert.Equal(28, (await believing.RunAsync("test", default)).Cancelled);
    }

    [Fact]
    public async Task Orders_that_exchange_their_accession_numbers_follow()
    {
        _emr.Add(1, "A1", "ONE^PATIENT");
        _emr.Add(2, "A2", "TWO^PATIENT");
        await SyncAsync(SyncMode.Window);

        _emr.Run("UPDATE exams SET acc = CASE acc WHEN 'A1' THEN 'A2' ELSE 'A1' END");
        EmrRun run = await SyncAsync(SyncMode.Window);

        Assert.Null(run.Failure);
        Dictionary<string, WorklistItem> items = await _emr.ItemsAsync();
        Assert.Equal(("TWO^PATIENT", "ONE^PATIENT"), (items["A1"].PatientName, items["A2"].PatientName));
        Assert.All(items.Values, item => Assert.Equal(OrderStatus.Scheduled, item.Status));
    }

    [Fact]
    public async Task Many_who_sync_at_once_in_two_processes_do_the_work_once()
    {
        for (int seq = 1; seq <= 50; seq++) _emr.Add(seq, $"A{seq}");
        await using OrderSync here = _emr.Sync(SyncMode.Window);
        await using OrderSync there = _emr.Sync(SyncMode.Window);

        EmrRun[] runs = await Task.WhenAll(here.RunAsync("test", default), there.RunAsync("test", default), here.RunAsync("test", default));

        Assert.All(runs, run => Assert.Null(run.Failure));
        Assert.Equal(50, runs.Sum(run => run.Added));
    }

    [Fact]
    public async Task A_clock_far_ahead_does_not_hide_what_others_change()
    {
        _emr.Add(1, "A1");
        _emr.Run("UPDATE exams SET changed = '20990101000000'");
        await SyncAsync(SyncMode.ChangedAt);
        _emr.Add(2, "A2");

        Assert.Equal(1, (await SyncAsync(SyncMode.ChangedAt)).Added);
    }

    [Theory]
    [InlineData("SELECT acc AS accession_number FROM nowhere", "query: ", "nowhere")]
    [InlineData("SELECT acc AS accession_number, missing FROM exams", "query: ", "missing")]
    [InlineData("SELECT acc AS accession_number FROM exams", "columns: ", "has no result column patient_id")]
    [InlineData("SELECT acc AS accession_number, pid FROM exams", "columns: ", "has a result column 'pid', which is none that Gantry knows")]
    [InlineData("SELECT acc AS accession_number FROM exams WHERE changed > @sinse", "query: ", "@sinse")]
    public async Task A_query_that_cannot_be_used_fails_in_one_sentence_and_the_worklist_stays(string orders, string phase, string why)
    {
        await using OrderSync sync = _emr.Sync(_emr.Options(SyncMode.Window) with { Orders = orders });

        EmrRun run = await sync.RunAsync("test", default);

        Assert.StartsWith(phase, run.Failure, StringComparison.Ordinal);
        Assert.Contains(why, run.Failure, StringComparison.Ordinal);
        Assert.Equal(run.Failure, Assert.Single(await _emr.Worklist.Emr.RunsAsync(9, default)).Failure);
    }

    private async Task<EmrRun> SyncAsync(SyncMode mode)
    {
        await using OrderSync sync = _emr.Sync(mode);
        return await sync.RunAsync("test", default);
    }
}
