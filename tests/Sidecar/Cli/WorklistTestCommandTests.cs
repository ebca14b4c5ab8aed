using System.Text.Json;
using Gantry.Worklist;

namespace Gantry.Sidecar.Tests.Cli;

public sealed class WorklistTestCommandTests
{
    [Fact]
    public async Task Echo_and_query_succeed_and_the_answers_stand_in_a_table()
    {
        await using var ward = await Ward.OpenAsync();
        var result = await Shell.RunAsync(["worklist-test", .. ward.Address, "-m", "MG"]);
        Assert.Equal(0, result.Code);
        Assert.Contains("C-ECHO", result.Out, StringComparison.Ordinal);
        Assert.Contains("3 items", result.Out, StringComparison.Ordinal);
        var rows = result.Out.Split('\n').Where(line => line.Contains("ACC00", StringComparison.Ordinal)).ToArray();
        Assert.Equal(["ACC000", "ACC001", "ACC002"], rows.Select(row => row.Trim()[..6]));
        Assert.Single(rows.Select(row => row.IndexOf("19", StringComparison.Ordinal)).Distinct());
        Assert.DoesNotContain('\e', result.Out);
    }

    [Fact]
    public async Task Json_is_one_object_with_the_items_under_the_names_of_the_columns()
    {
        await using var ward = await Ward.OpenAsync();
        var result = await Shell.RunAsync(["worklist-test", .. ward.Address, "-m", "mr", "-d", "today", "--json"]);
        Assert.Equal(0, result.Code);
        Assert.Equal(["associate ok", "C-ECHO ok", "C-FIND ok", "release ok"], result.Steps);
        Assert.True(result.Json.GetProperty("success").GetBoolean());
        var item = Assert.Single(result.Json.GetProperty("items").EnumerateArray());
        Assert.Equal("4567", item.GetProperty("accession_number").GetString());
        Assert.Equal("MR", item.GetProperty("modality").GetString());
        Assert.Equal((await ward.OrderAsync("4567")).StudyInstanceUid, item.GetProperty("study_instance_uid").GetString());
    }

    [Fact]
    public async Task With_mpps_one_order_is_started_and_completed()
    {
        await using var ward = await Ward.OpenAsync("Peers:0:MppsProfile=Strict", "Peers:0:AeTitle=GANTRY-CLI");
        var result = await Shell.RunAsync(["worklist-test", .. ward.Address, "--accession", "ACC001", "--mpps", "--json"]);
        Assert.Equal(0, result.Code);
        Assert.Equal(["N-CREATE IN PROGRESS ok", "N-SET COMPLETED ok"], result.Steps.Skip(3).Take(2));
        var order = await ward.OrderAsync("ACC001");
        Assert.Equal(OrderStatus.Completed, order.Status);
        Assert.Equal(order.MppsInstanceUid, result.Json.GetProperty("exams")[0].GetProperty("mpps_instance_uid").GetString());
        Assert.Equal(OrderStatus.Scheduled, (await ward.OrderAsync("ACC000")).Status);
    }

    [Fact]
    public async Task With_mpps_and_no_item_it_fails_with_a_sentence()
    {
        await using var ward = await Ward.OpenAsync();
        var result = await Shell.RunAsync(["worklist-test", .. ward.Address, "-m", "NM", "--mpps", "--json"]);
        Assert.Equal(1, result.Code);
        Assert.Equal("answer", result.Failure.Phase);
        Assert.Contains("no item", result.Failure.Detail, StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.False, result.Json.GetProperty("success").ValueKind);
    }

    [Fact]
    public async Task Verbose_shows_whole_answers()
    {
        await using var ward = await Ward.OpenAsync();
        var result = await Shell.RunAsync(["worklist-test", .. ward.Address, "-m", "MR", "-v"]);
        Assert.Contains("ScheduledProcedureStepStartDate", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_called_ae_title_that_is_not_known_there_is_named_with_the_way_out()
    {
        await using var ward = await Ward.OpenAsync("Dicom:CheckCalledAeTitle=true");
        var refused = await Shell.RunAsync(["worklist-test", .. ward.Address, "-a", "WRONG", "--json"]);
        Assert.Equal(1, refused.Code);
        Assert.Equal(("associate", "associate"), (refused.Failure.Name, refused.Failure.Phase));
        Assert.Contains("called-AE-title-not-recognized", refused.Failure.Detail, StringComparison.Ordinal);
        Assert.Equal(0, (await Shell.RunAsync(["worklist-test", .. ward.Address, "-a", "WORKLISTS"])).Code);
    }

    [Fact]
    public async Task A_peer_without_a_worklist_refuses_the_context()
    {
        await using var archive = await FakeArchive.StartAsync();
        var result = await Shell.RunAsync("worklist-test", "-H", "127.0.0.1", "-p", archive.Port, "--json");
        Assert.Equal(1, result.Code);
        Assert.Equal(["associate ok", "C-ECHO ok", "C-FIND failed"], result.Steps);
        Assert.Contains("1.2.840.10008.5.1.4.31", result.Failure.Detail, StringComparison.Ordinal);
    }
}
