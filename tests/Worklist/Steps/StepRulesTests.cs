namespace Gantry.Worklist.Tests.Steps;

/// <summary>The tables of states, typed a second time: one letter for each cell.</summary>
public sealed class StepRulesTests
{
    // Columns: Absent Empty InProgress Completed Discontinued Unknown, as PS3.4 F.7 has it.
    // P C D = the status afterwards; a = 0x0111 exists, n = 0x0112 not found, f = 0x0110 final, i = 0x0106 invalid, m = 0x0120,
    // e = 0x0121.
    private static readonly Dictionary<(StepVerb, StepStatus?), string> Expected = new()
    {
        [(StepVerb.Create, null)] = "mePiii",
        [(StepVerb.Create, StepStatus.InProgress)] = "aaaaaa",
        [(StepVerb.Create, StepStatus.Completed)] = "aaaaaa",
        [(StepVerb.Create, StepStatus.Discontinued)] = "aaaaaa",
        [(StepVerb.Set, null)] = "nnnnnn",
        [(StepVerb.Set, StepStatus.InProgress)] = "PePCDi",
        [(StepVerb.Set, StepStatus.Completed)] = "ffffff",
        [(StepVerb.Set, StepStatus.Discontinued)] = "ffffff",
    };

    [Fact]
    public void Every_cell_of_the_table_is_as_the_standard_says()
    {
        foreach (StepVerb verb in Enum.GetValues<StepVerb>())
            foreach (StepStatus? current in (StepStatus?[])[null, .. Enum.GetValues<StepStatus>()])
            {
                string row = string.Concat(Enum.GetValues<AskedStatus>().Select(asked => Letter(StepRules.Apply(verb, current, asked))));
                Assert.Equal((verb, current, Expected[(verb, current)]), (verb, current, row));
            }
    }

    [Theory]
    [InlineData(null, AskedStatus.Absent)]
    [InlineData("", AskedStatus.Empty)]
    [InlineData("  \0", AskedStatus.Empty)]
    [InlineData("IN PROGRESS", AskedStatus.InProgress)]
    [InlineData("in progress \0", AskedStatus.InProgress)]
    [InlineData(" COMPLETED", AskedStatus.Completed)]
    [InlineData("Discontinued", AskedStatus.Discontinued)]
    [InlineData("IN_PROGRESS", AskedStatus.Unknown)]
    [InlineData("DONE", AskedStatus.Unknown)]
    public void Padding_and_lower_case_are_forgiven(string? value, AskedStatus asked) => Assert.Equal(asked, StepStatuses.Ask(value));

    // Columns: IN PROGRESS, COMPLETED, DISCONTINUED, DISCONTINUED of an older step. S P C D = the order's status afterwards, .
    // = stays.
    [Theory]
    [InlineData(OrderStatus.Scheduled, "PCD.")]
    [InlineData(OrderStatus.InProgress, "PCD.")]
    [InlineData(OrderStatus.Completed, "....")]
    [InlineData(OrderStatus.Discontinued, "PC..")]
    public void An_order_follows_its_step_and_never_goes_back_from_completed(OrderStatus order, string expected)
    {
        OrderStatus?[] row =
        [
            OrderProgress.Next(order, StepStatus.InProgress, true), OrderProgress.Next(order, StepStatus.Completed, true),
            OrderProgress.Next(order, StepStatus.Discontinued, true), OrderProgress.Next(order, StepStatus.Discontinued, false),
        ];

        Assert.Equal(expected, string.Concat(row.Select(static next => next is { } status ? "SPCD"[(int)status] : '.')));
    }

    private static string Letter(StepVerdict verdict) => verdict switch
    {
        { Next: StepStatus.InProgress, Refusal: null } => "P",
        { Next: StepStatus.Completed, Refusal: null } => "C",
        { Next: StepStatus.Discontinued, Refusal: null } => "D",
        { Next: null, Refusal: StepRefusal.AlreadyExists } => "a",
        { Next: null, Refusal: StepRefusal.NotFound } => "n",
        { Next: null, Refusal: StepRefusal.NoLongerUpdatable } => "f",
        { Next: null, Refusal: StepRefusal.InvalidStatus } => "i",
        { Next: null, Refusal: StepRefusal.MissingStatus } => "m",
        { Next: null, Refusal: StepRefusal.EmptyStatus } => "e",
        _ => "?",
    };
}
