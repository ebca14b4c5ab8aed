using System.Text.Json;
using Gantry.Worklist;

namespace Gantry.Sidecar.Tests.Cli;

public sealed class WorklistCommandTests
{
    private static readonly string[] Jane =
        ["worklist", "add", "--accession", "ACC9", "--patient-id", "P9", "--patient-name", "DOE^JANE", "--sex", "F", "-m", "mg"];

    [Fact]
    public async Task An_added_order_is_served_by_the_running_gateway_at_once()
    {
        await using var ward = await Ward.OpenAsync();
        var added = await RunAsync(ward, [.. Jane, "--date", "20260105", "--time", "1430", "--json"]);
        Assert.Equal(0, added.Code);
        var answer = await Shell.RunAsync(["worklist-test", .. ward.Address, "--accession", "ACC9", "--json"]);
        var item = Assert.Single(answer.Json.GetProperty("items").EnumerateArray());
        Assert.Equal("20260105", item.GetProperty("scheduled_date").GetString());
        Assert.Equal("DOE^JANE", item.GetProperty("patient_name").GetString());
    }

    [Fact]
    public async Task Every_wrong_field_is_named_with_its_flag_and_nothing_is_added()
    {
        await using var ward = await Ward.OpenAsync();
        var result = await RunAsync(
            ward,
            [
                "worklist", "add", "--accession", "SEVENTEEN_LETTERS", "--patient-id", "P9", "--sex", "X", "-m", "MG",
                "--date", "20261341",
            ]);
        Assert.Equal(1, result.Code);
        foreach (var flag in new[] { "--accession", "--patient-name", "--sex", "--date" })
            Assert.Contains($"[options] {flag}: ", result.Out, StringComparison.Ordinal);
        Assert.Equal(4, (await ward.Gateway.Store.StatisticsAsync(CancellationToken.None)).Total);
    }

    [Fact]
    public async Task A_taken_accession_number_is_refused_and_the_order_stays_as_it_was()
    {
        await using var ward = await Ward.OpenAsync();
        Assert.Equal(0, (await RunAsync(ward, Jane)).Code);
        var again = await RunAsync(ward, [.. Jane, "--description", "Another", "--json"]);
        Assert.Equal((1, "store"), (again.Code, again.Failure.Phase));
        Assert.Null((await ward.OrderAsync("ACC9")).StudyDescription);
    }

    [Fact]
    public async Task Lists_narrow_by_every_filter()
    {
        await using var ward = await Ward.OpenAsync();
        await ward.Gateway.Store.UpdateStatusAsync("ACC002", OrderStatus.Completed, CancellationToken.None);
        Assert.Equal(["ACC000", "ACC001", "ACC002"], await ListAsync(ward, "-m", "MG"));
        Assert.Equal(["4567"], await ListAsync(ward, "--modality", "mr", "--date", "today"));
        Assert.Equal(["ACC002"], await ListAsync(ward, "--status", "COMPLETED"));
        Assert.Equal(["ACC001"], await ListAsync(ward, "--patient-id", "BS001234"));
        Assert.Equal(["ACC000"], await ListAsync(ward, "--accession", "ACC000"));
        Assert.Equal(["ACC001", "ACC002"], await ListAsync(ward, "--skip", "1", "--take", "2"));
        Assert.Empty(await ListAsync(ward, "--date", "20200101-20201231"));
    }

    [Fact]
    public async Task Show_has_every_column_that_holds_something_and_remove_takes_the_order_out()
    {
        await using var ward = await Ward.OpenAsync();
        var shown = await RunAsync(ward, ["worklist", "show", "ACC001"]);
        Assert.Equal(0, shown.Code);
        Assert.Matches(@"patient_birth_date\s+19650315", shown.Out);
        Assert.Equal(0, (await RunAsync(ward, ["worklist", "remove", "ACC001"])).Code);
        var gone = await RunAsync(ward, ["worklist", "show", "ACC001", "--json"]);
        Assert.Equal(1, gone.Code);
        Assert.Contains("'ACC001'", gone.Failure.Detail, StringComparison.Ordinal);
        Assert.Equal(1, (await RunAsync(ward, ["worklist", "remove", "ACC001"])).Code);
    }

    [Fact]
    public async Task Stats_count_each_status()
    {
        await using var ward = await Ward.OpenAsync();
        var counts = (await RunAsync(ward, ["worklist", "stats", "--json"])).Json;
        Assert.Equal(4, counts.GetProperty("total").GetInt32());
        Assert.Equal(4, counts.GetProperty("counts").GetProperty("SCHEDULED").GetInt32());
        Assert.Equal(0, counts.GetProperty("counts").GetProperty("DISCONTINUED").GetInt32());
    }

    [Fact]
    public async Task Orders_set_aside_are_shown_with_their_reason_and_exams_without_order_with_their_sender()
    {
        await using var ward = await Ward.OpenAsync();
        await ward.Gateway.Store.SetAsideAsync("BAD1", "The modality is not a code string", CancellationToken.None);
        var aside = await RunAsync(ward, ["worklist", "list", "--set-aside"]);
        Assert.Matches(@"BAD1\s.*The modality is not a code string", aside.Out);
        var none = await RunAsync(ward, ["worklist", "list", "--unscheduled"]);
        Assert.Contains("Every exam has its order", none.Out, StringComparison.Ordinal);
        var step = new NewPerformedStep
        {
            SopInstanceUid = "1.2.3", Dataset = new(ReadOnlyMemory<byte>.Empty, "1.2.840.10008.1.2", null), References = [],
            Modality = "US", CallingAeTitle = "XC70", PatientId = "P7",
        };
        await ward.Gateway.Store.CreateStepAsync(step, CancellationToken.None);
        var unscheduled = await RunAsync(ward, ["worklist", "list", "--unscheduled", "--json"]);
        var exam = Assert.Single(unscheduled.Json.GetProperty("unscheduled").EnumerateArray());
        Assert.Equal("XC70", exam.GetProperty("calling_ae_title").GetString());
        Assert.Equal("1.2.3", exam.GetProperty("sop_instance_uid").GetString());
    }

    [Fact]
    public async Task A_mistyped_path_makes_no_new_worklist()
    {
        var path = Path.Combine(Path.GetTempPath(), $"gantry-{Guid.NewGuid():N}.db");
        var result = await Shell.RunAsync(new() { ["WORKLIST_DB_PATH"] = path }, ["worklist", "list", "--json"]);
        Assert.Equal((1, "store"), (result.Code, result.Failure.Phase));
        Assert.Contains(path, result.Failure.Detail, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task Control_characters_in_an_order_do_not_steer_the_terminal()
    {
        await using var ward = await Ward.OpenAsync();
        await ward.Gateway.Store.AddAsync(
            new WorklistItem { AccessionNumber = "EVIL", PatientName = "A\e[2JB", ScheduledDate = "20260101" },
            CancellationToken.None);
        Assert.DoesNotContain('\e', (await RunAsync(ward, ["worklist", "list"])).Out);
    }

    private static Task<ShellResult> RunAsync(Ward ward, string[] args) =>
        Shell.RunAsync(new() { ["WORKLIST_DB_PATH"] = ward.DatabasePath }, args);

    private static async Task<IReadOnlyList<string>> ListAsync(Ward ward, params string[] filters) =>
    [
        .. (await RunAsync(ward, ["worklist", "list", .. filters, "--json"])).Json.GetProperty("orders").EnumerateArray()
            .Select((JsonElement order) => order.GetProperty("accession_number").GetString()!),
    ];
}
