using Gantry.Cloud.Appointments;

namespace Gantry.Cloud.Tests.Events;

/// <summary>All cells of the state machine, from a second table that was typed independently.</summary>
public sealed class StateTableTests
{
    // =: stays and was told before   <: stays, overtaken   !: refused and stays
    private static readonly Dictionary<string, string[]> Expected = new()
    {
        // state                Sent                Started        Completed    Discontinued
        ["checked_in"] = ["sent_to_modality", "!", "!", "!"],
        ["sent_to_modality"] = ["=", "in_progress", "complete", "cancelled"],
        ["in_progress"] = ["!", "=", "complete", "cancelled"],
        ["complete"] = ["!", "<", "=", "!"],
        ["cancelled"] = ["!", "<", "!", "="],
    };

    [Fact]
    public void Every_state_answers_every_event_as_the_table_says()
    {
        foreach (var state in Enum.GetValues<AppointmentState>())
        {
            foreach (var happened in Enum.GetValues<ExamEvent>())
            {
                var cell = Expected[AppointmentStates.Name(state)][(int)happened];
                var (next, outcome) = StateTable.Move(state, happened);
                var found = outcome switch
                {
                    MoveOutcome.Moved => AppointmentStates.Name(next),
                    MoveOutcome.Repeated => "=",
                    MoveOutcome.Late => "<",
                    MoveOutcome.Refused => "!",
                    _ => "?",
                };
                Assert.True(cell == found, $"{state} + {happened}: {found}, not {cell}");
                Assert.True(outcome == MoveOutcome.Moved || next == state);
            }
        }
    }

    [Fact]
    public void A_state_has_one_name_and_a_tag_of_its_colour() => Assert.Equal(
        ["checked_in grey", "sent_to_modality purple", "in_progress yellow", "complete green", "cancelled red"],
        Enum.GetValues<AppointmentState>().Select(state =>
        {
            Assert.Equal(state, AppointmentStates.Parse(AppointmentStates.Name(state)));
            var tag = AppointmentStates.Tag(state);
            return $"{AppointmentStates.Name(state)} {tag[(tag.IndexOf("tag--", StringComparison.Ordinal) + 5)..tag.IndexOf("\" data", StringComparison.Ordinal)]}";
        }));
}
