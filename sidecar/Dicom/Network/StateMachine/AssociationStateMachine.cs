using static Gantry.Dicom.Network.AssociationAction;

namespace Gantry.Dicom.Network;

/// <summary>
/// The upper layer's state machine (PS3.8 9.2) as one pure function. It does nothing itself: a driver gives it events, and
/// carries out the actions. Timers are events like any other.
/// </summary>
internal static class AssociationStateMachine
{
    private const AssociationAction None = NotPossible;

    // PS3.8 Table 9-10, row by row as it is printed there
    private static readonly AssociationAction[,] Table =
    {
        //          Sta1  Sta2  Sta3  Sta4  Sta5  Sta6  Sta7  Sta8  Sta9  Sta10 Sta11 Sta12 Sta13
        /* Evt1  */ { AE1,  None, None, None, None, None, None, None, None, None, None, None, None },
        /* Evt2  */ { None, None, None, AE2,  None, None, None, None, None, None, None, None, None },
        /* Evt3  */ { None, AA1,  AA8,  None, AE3,  AA8,  AA8,  AA8,  AA8,  AA8,  AA8,  AA8,  AA6 },
        /* Evt4  */ { None, AA1,  AA8,  None, AE4,  AA8,  AA8,  AA8,  AA8,  AA8,  AA8,  AA8,  AA6 },
        /* Evt5  */ { AE5,  None, None, None, None, None, None, None, None, None, None, None, None },
        /* Evt6  */ { None, AE6,  AA8,  None, AA8,  AA8,  AA8,  AA8,  AA8,  AA8,  AA8,  AA8,  AA7 },
        /* Evt7  */ { None, None, AE7,  None, None, None, None, None, None, None, None, None, None },
        /* Evt8  */ { None, None, AE8,  None, None, None, None, None, None, None, None, None, None },
        /* Evt9  */ { None, None, None, None, None, DT1,  None, AR7,  None, None, None, None, None },
        /* Evt10 */ { None, AA1,  AA8,  None, AA8,  DT2,  AR6,  AA8,  AA8,  AA8,  AA8,  AA8,  AA6 },
        /* Evt11 */ { None, None, None, None, None, AR1,  None, None, None, None, None, None, None },
        /* Evt12 */ { None, AA1,  AA8,  None, AA8,  AR2,  AR8,  AA8,  AA8,  AA8,  AA8,  AA8,  AA6 },
        /* Evt13 */ { None, AA1,  AA8,  None, AA8,  AA8,  AR3,  AA8,  AA8,  AR10, AR3,  AA8,  AA6 },
        /* Evt14 */ { None, None, None, None, None, None, None, AR4,  AR9,  None, None, AR4,  None },
        /* Evt15 */ { None, None, AA1,  AA2,  AA1,  AA1,  AA1,  AA1,  AA1,  AA1,  AA1,  AA1,  None },
        /* Evt16 */ { None, AA2,  AA3,  None, AA3,  AA3,  AA3,  AA3,  AA3,  AA3,  AA3,  AA3,  AA2 },
        /* Evt17 */ { None, AA5,  AA4,  AA4,  AA4,  AA4,  AA4,  AA4,  AA4,  AA4,  AA4,  AA4,  AR5 },
        /* Evt18 */ { None, AA2,  None, None, None, None, None, None, None, None, None, None, AA2 },
        /* Evt19 */ { None, AA1,  AA8,  None, AA8,  AA8,  AA8,  AA8,  AA8,  AA8,  AA8,  AA8,  AA7 },
    };

    /// <summary>
    /// What an event does in a state. An empty cell of the table gives <see cref="NotPossible"/> and stays in its state: a
    /// local primitive out of place is a misuse of our own API (<see cref="Require"/>), a PDU cannot come without a
    /// connection, and a timer or transport event that comes late is to be ignored.
    /// </summary>
    public static AssociationTransition Next(AssociationState state, AssociationEvent happened)
    {
        var action = Table[(int)happened - 1, (int)state - 1];
        return action switch
        {
            NotPossible => new(action, state),
            AE6 => new(action,
                Next: AssociationState.AwaitingLocalAssociateResponse,
                Otherwise: AssociationState.AwaitingTransportClose),
            AR8 => new(action,
                Next: AssociationState.CollisionRequestorAwaitingLocalResponse,
                Otherwise: AssociationState.CollisionAcceptorAwaitingReleaseResponse),
            _ => new(action, After(action)),
        };
    }

    /// <summary>As <see cref="Next"/>, for what the local user asks.</summary>
    /// <exception cref="InvalidOperationException">The state does not allow it.</exception>
    public static AssociationTransition Require(AssociationState state, AssociationEvent asked)
    {
        var transition = Next(state, asked);
        return transition.Action != NotPossible
            ? transition
            : throw new InvalidOperationException(
                $"{asked} (Evt{(int)asked}) is not possible in state {state} (Sta{(int)state}) of the association.");
    }

    // The next states of PS3.8 Tables 9-6 to 9-9, for the actions that have one only
    private static AssociationState After(AssociationAction action) => action switch
    {
        AE1 => AssociationState.AwaitingTransportConnection,
        AE5 => AssociationState.AwaitingAssociateRequest,
        AE2 => AssociationState.AwaitingAssociateResponse,
        AE3 or AE7 or DT1 or DT2 => AssociationState.Established,
        AR1 or AR6 => AssociationState.AwaitingReleaseResponse,
        AR2 or AR7 => AssociationState.AwaitingLocalReleaseResponse,
        AR9 => AssociationState.CollisionRequestorAwaitingReleaseResponse,
        AR10 => AssociationState.CollisionAcceptorAwaitingLocalResponse,
        AE8 or AR4 or AA1 or AA6 or AA7 or AA8 => AssociationState.AwaitingTransportClose,
        AE4 or AR3 or AR5 or AA2 or AA3 or AA4 or AA5 => AssociationState.Idle,
        NotPossible or AE6 or AR8 => throw new ArgumentOutOfRangeException(nameof(action), action, "No single next state."),
    };
}
