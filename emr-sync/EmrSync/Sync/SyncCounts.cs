using Gantry.Worklist;

namespace Gantry.EmrSync.Sync;

/// <summary>What a sync did so far.</summary>
internal sealed class SyncCounts
{
    public int Read { get; set; }

    public int Added { get; private set; }

    public int Changed { get; private set; }

    public int Cancelled { get; private set; }

    public int Reinstated { get; private set; }

    public int SetAside { get; set; }

    /// <summary>True if the worklist is as it was.</summary>
    public bool AreNone => Added + Changed + Cancelled + Reinstated == 0;

    public void Count(EmrWriteResult result, EmrOrderState wanted)
    {
        switch (result)
        {
            case EmrWriteResult.Added: Added++; break;
            case EmrWriteResult.Changed: Changed++; break;
            case EmrWriteResult.Reinstated: Reinstated++; break;
            case EmrWriteResult.Withdrawn when wanted == EmrOrderState.Cancelled: Cancelled++; break;
            case EmrWriteResult.Foreign: SetAside++; break;
            case EmrWriteResult.Noted or EmrWriteResult.Withdrawn: break;
        }
    }
}
