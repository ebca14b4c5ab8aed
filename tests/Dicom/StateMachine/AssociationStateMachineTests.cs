using Gantry.Dicom.Network;

namespace Gantry.Dicom.Tests.StateMachine;

public sealed class AssociationStateMachineTests
{
    // Typed from PS3.8 Tables 9-10 and 9-6 to 9-9 as sentences, apart from the table in the code: event, states, action, next
    // state. What no line names is an empty cell.
    private const string Lines = """
        Evt1  in 1                         : AE-1  -> 4
        Evt2  in 4                         : AE-2  -> 5
        Evt3  in 2                         : AA-1  -> 13
        Evt3  in 3 6 7 8 9 10 11 12        : AA-8  -> 13
        Evt3  in 5                         : AE-3  -> 6
        Evt3  in 13                        : AA-6  -> 13
        Evt4  in 2                         : AA-1  -> 13
        Evt4  in 3 6 7 8 9 10 11 12        : AA-8  -> 13
        Evt4  in 5                         : AE-4  -> 1
        Evt4  in 13                        : AA-6  -> 13
        Evt5  in 1                         : AE-5  -> 2
        Evt6  in 2                         : AE-6  -> 3 or 13
        Evt6  in 3 5 6 7 8 9 10 11 12      : AA-8  -> 13
        Evt6  in 13                        : AA-7  -> 13
        Evt7  in 3                         : AE-7  -> 6
        Evt8  in 3                         : AE-8  -> 13
        Evt9  in 6                         : DT-1  -> 6
        Evt9  in 8                         : AR-7  -> 8
        Evt10 in 2                         : AA-1  -> 13
        Evt10 in 3 5 8 9 10 11 12          : AA-8  -> 13
        Evt10 in 6                         : DT-2  -> 6
        Evt10 in 7                         : AR-6  -> 7
        Evt10 in 13                        : AA-6  -> 13
        Evt11 in 6                         : AR-1  -> 7
        Evt12 in 2                         : AA-1  -> 13
        Evt12 in 3 5 8 9 10 11 12          : AA-8  -> 13
        Evt12 in 6                         : AR-2  -> 8
        Evt12 in 7                         : AR-8  -> 9 or 10
        Evt12 in 13                        : AA-6  -> 13
        Evt13 in 2                         : AA-1  -> 13
        Evt13 in 3 5 6 8 9 12              : AA-8  -> 13
        Evt13 in 7 11                      : AR-3  -> 1
        Evt13 in 10                        : AR-10 -> 12
        Evt13 in 13                        : AA-6  -> 13
        Evt14 in 8 12                      : AR-4  -> 13
        Evt14 in 9                         : AR-9  -> 11
        Evt15 in 3 5 6 7 8 9 10 11 12      : AA-1  -> 13
        Evt15 in 4                         : AA-2  -> 1
        Evt16 in 2 13                      : AA-2  -> 1
        Evt16 in 3 5 6 7 8 9 10 11 12      : AA-3  -> 1
        Evt17 in 2                         : AA-5  -> 1
        Evt17 in 3 4 5 6 7 8 9 10 11 12    : AA-4  -> 1
        Evt17 in 13                        : AR-5  -> 1
        Evt18 in 2 13                      : AA-2  -> 1
        Evt19 in 2                         : AA-1  -> 13
        Evt19 in 3 5 6 7 8 9 10 11 12      : AA-8  -> 13
        Evt19 in 13                        : AA-7  -> 13
        """;

    public static TheoryData<int, int, string> Cells
    {
        get
        {
            var cells = new TheoryData<int, int, string>();
            var filled = Lines.Split('\n').SelectMany(ParseLine)
                .ToDictionary(cell => (cell.Event, cell.State), cell => cell.Outcome);
            for (var happened = 1; happened <= 19; happened++)
            {
                for (var state = 1; state <= 13; state++)
                    cells.Add(happened, state, filled.GetValueOrDefault((happened, state), $"NotPossible -> {state}"));
            }
            return cells;
        }
    }

    [Theory, MemberData(nameof(Cells))]
    public void Each_cell_is_as_in_the_standard(int happened, int state, string outcome) =>
        Assert.Equal(outcome, Describe(AssociationStateMachine.Next((AssociationState)state, (AssociationEvent)happened)));

    [Fact]
    public void Every_state_event_and_action_of_the_standard_has_a_name()
    {
        Assert.Equal(Enumerable.Range(1, 13), Enum.GetValues<AssociationState>().Select(state => (int)state));
        Assert.Equal(Enumerable.Range(1, 19), Enum.GetValues<AssociationEvent>().Select(happened => (int)happened));
        var used = Cells.Select(cell => ((string)cell[2]).Split(" -> ")[0])
            .Select(action => action.Replace("-", "", StringComparison.Ordinal)).ToHashSet();
        Assert.Equal(Enum.GetNames<AssociationAction>().ToHashSet(), used);
    }

    [Fact]
    public void A_local_primitive_out_of_place_is_named_with_the_state_it_met()
    {
        var error = Assert.Throws<InvalidOperationException>(
            () => AssociationStateMachine.Require(AssociationState.Established, AssociationEvent.ReleaseResponded));
        Assert.Contains("ReleaseResponded (Evt14)", error.Message, StringComparison.Ordinal);
        Assert.Contains("Established (Sta6)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_local_primitive_in_its_place_gives_its_transition() => Assert.Equal(
        AssociationStateMachine.Next(AssociationState.Established, AssociationEvent.ReleaseRequested),
        AssociationStateMachine.Require(AssociationState.Established, AssociationEvent.ReleaseRequested));

    // "AE-6 -> 3 or 13"
    private static string Describe(AssociationTransition transition)
    {
        var name = transition.Action.ToString();
        if (transition.Action != AssociationAction.NotPossible) name = $"{name[..2]}-{name[2..]}";
        var otherwise = transition.Otherwise is { } other ? $" or {(int)other}" : "";
        return $"{name} -> {(int)transition.Next}{otherwise}";
    }

    private static IEnumerable<(int Event, int State, string Outcome)> ParseLine(string line)
    {
        var (left, right) = (line.Split(':')[0], line.Split(':')[1]);
        var words = left.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var outcome = string.Join(' ', right.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return words.Skip(2).Select(state => (Number(words[0][3..]), Number(state), outcome));
    }

    private static int Number(string digits) => int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
}
