using Gantry.Dicom;
using Gantry.Worklist;

namespace Gantry.Sidecar.Tests.Cli;

public sealed class ModalityCommandTests
{
    [Fact]
    public async Task The_first_item_is_performed_and_its_images_bear_the_order()
    {
        await using var ward = await Ward.OpenAsync("Peers:0:MppsProfile=Strict", "Peers:0:AeTitle=MG1");
        await using var archive = await Storescp.StartAsync();
        var result =
            await Shell.RunAsync(["modality", .. ward.Address, "-m", "MG", .. At(archive.Port), "--columns", "128", "--json"]);
        Assert.True(result.Code == 0, result.Out);

        var order = await ward.OrderAsync("ACC000");
        Assert.Equal(OrderStatus.Completed, order.Status);
        Assert.Equal(4, archive.Images.Count);
        Assert.All(archive.Images, image =>
        {
            Assert.Equal("ACC000", image.GetString(DicomTags.AccessionNumber));
            Assert.Equal(order.PatientId, image.GetString(DicomTags.PatientID));
            Assert.Equal(order.StudyInstanceUid, image.GetString(DicomTags.StudyInstanceUID));
            Assert.Equal("MG", image.GetString(DicomTags.Modality));
        });
        var step = await StepAsync(ward, order);
        Assert.Equal(StepStatus.Completed, step.Status);
        Assert.Empty(step.Warnings);
        Assert.Equal(
            archive.Images.Select(image => image.GetString(DicomTags.SOPInstanceUID)).Order(),
            Listed(step).Order());
        Assert.Equal(OrderStatus.Scheduled, (await ward.OrderAsync("ACC001")).Status);
    }

    [Fact]
    public async Task A_certain_order_is_performed_by_its_accession_number()
    {
        await using var ward = await Ward.OpenAsync();
        await using var archive = await FakeArchive.StartAsync();
        var result =
            await Shell.RunAsync(["modality", .. ward.Address, "--accession", "4567", .. At(archive.Port), "--images", "2"]);
        Assert.True(result.Code == 0, result.Out);
        Assert.Equal(["MR", "MR"], archive.Images.Select(image => image.GetString(DicomTags.Modality)!));
        Assert.Contains("4567: COMPLETED", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_items_are_performed_one_after_the_other()
    {
        await using var ward = await Ward.OpenAsync();
        await using var archive = await FakeArchive.StartAsync();
        var result = await Shell.RunAsync(
            ["modality", .. ward.Address, "--all", .. At(archive.Port), "--images", "1", "--columns", "128", "--json"]);
        Assert.True(result.Code == 0, result.Out);
        Assert.Equal(4, result.Json.GetProperty("exams").GetArrayLength());
        Assert.Equal(4, (await ward.Gateway.Store.StatisticsAsync(CancellationToken.None)).Counts[OrderStatus.Completed]);
    }

    [Fact]
    public async Task A_discontinued_exam_lists_the_image_it_made()
    {
        await using var ward = await Ward.OpenAsync();
        await using var archive = await FakeArchive.StartAsync();
        var result = await Shell.RunAsync(
            ["modality", .. ward.Address, "-m", "MG", "--discontinue", .. At(archive.Port), "--columns", "128", "--json"]);
        Assert.Equal(0, result.Code);
        var order = await ward.OrderAsync("ACC000");
        Assert.Equal(OrderStatus.Discontinued, order.Status);
        var image = Assert.Single(archive.Images);
        Assert.Equal(image.GetString(DicomTags.SOPInstanceUID), Assert.Single(Listed(await StepAsync(ward, order))));
    }

    [Fact]
    public async Task When_the_archive_refuses_the_exam_ends_discontinued_and_the_command_fails()
    {
        await using var ward = await Ward.OpenAsync();
        await using var archive = await FakeArchive.StartAsync(takes: 1);
        var result =
            await Shell.RunAsync(["modality", .. ward.Address, "-m", "MG", .. At(archive.Port), "--columns", "128", "--json"]);
        Assert.Equal(1, result.Code);
        Assert.Equal("C-STORE MG", result.Failure.Name);
        Assert.Contains("N-SET DISCONTINUED ok", result.Steps);
        Assert.Equal(OrderStatus.Discontinued, (await ward.OrderAsync("ACC000")).Status);
    }

    [Fact]
    public async Task Ctrl_C_during_an_exam_discontinues_it()
    {
        await using var ward = await Ward.OpenAsync();
        using var stop = new CancellationTokenSource();
        var running = Shell.RunAsync(
            [], ["modality", .. ward.Address, "-m", "MG", "--delay", "3600", "--json"], cancellationToken: stop.Token);
        while ((await ward.OrderAsync("ACC000")).Status != OrderStatus.InProgress)
            Assert.False(running.IsCompleted, "The exam never began.");
        await stop.CancelAsync();
        var result = await running;
        Assert.Equal(130, result.Code);
        Assert.Contains("N-SET DISCONTINUED ok", result.Steps);
        Assert.Equal(OrderStatus.Discontinued, (await ward.OrderAsync("ACC000")).Status);
    }

    [Fact]
    public async Task No_item_is_a_failure_that_says_what_was_looked_for()
    {
        await using var ward = await Ward.OpenAsync();
        var result = await Shell.RunAsync(["modality", .. ward.Address, "-m", "NM", "--json"]);
        Assert.Equal(1, result.Code);
        Assert.Contains("no item for modality NM", result.Failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_ends_when_the_item_comes()
    {
        await using var ward = await Ward.OpenAsync();
        await using var archive = await FakeArchive.StartAsync();
        var running = Shell.RunAsync(
            ["modality", .. ward.Address, "--accession", "LATE1", "--wait", "--wait-limit", "60", .. At(archive.Port), "--json"]);
        await ward.Gateway.Store.AddAsync(
            new WorklistItem
            {
                AccessionNumber = "LATE1", PatientId = "P1", PatientName = "LATE^LISA",
                ScheduledDate = "20300101", ScheduledTime = "080000", Modality = "OT",
            },
            CancellationToken.None);
        var result = await running;
        Assert.True(result.Code == 0, result.Out);
        Assert.Equal("LATE1", Assert.Single(archive.Images).GetString(DicomTags.AccessionNumber));
    }

    private static string[] At(string port) => ["--pacs-host", "127.0.0.1", "--pacs-port", port];

    private static async Task<PerformedStep> StepAsync(Ward ward, WorklistItem order) =>
        (await ward.Gateway.Store.GetStepAsync(order.MppsInstanceUid!, CancellationToken.None))!;

    private static IEnumerable<string> Listed(PerformedStep step) =>
        DicomDataset.Read(step.Dataset.Bytes, TransferSyntax.FromUid(step.Dataset.TransferSyntaxUid))
            .GetItems(DicomTags.PerformedSeriesSequence)
            .SelectMany(series => series.GetItems(DicomTags.ReferencedImageSequence))
            .Select(image => image.GetString(DicomTags.ReferencedSOPInstanceUID)!);
}
