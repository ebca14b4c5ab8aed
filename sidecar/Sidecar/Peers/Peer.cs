using Gantry.Dicom;
using Gantry.Worklist;

namespace Gantry.Sidecar.Peers;

/// <summary>How one peer is served. Hangs on its association for as long as that lasts.</summary>
internal sealed record Peer
{
    /// <summary>What a peer gets that no setting names.</summary>
    public static Peer Default { get; } = new();

    /// <summary>Character sets it can take, the most welcome first.</summary>
    public IReadOnlyList<SpecificCharacterSet> CharacterSets { get; init; } = [SpecificCharacterSet.Utf8];

    /// <summary>How its bytes are read where it names no character set but sends more than ASCII.</summary>
    public SpecificCharacterSet FallbackCharacterSet { get; init; } = SpecificCharacterSet.Utf8;

    /// <summary>Statuses that its queries find.</summary>
    public IReadOnlyList<OrderStatus> ListedStatuses { get; init; } = [OrderStatus.Scheduled];

    /// <summary>Only steps whose scheduled station is its calling AE title are found.</summary>
    public bool OwnStepsOnly { get; init; }

    /// <summary>Most answers to one query; null is no limit.</summary>
    public int? MaximumAnswers { get; init; }

    /// <summary>It may create and change performed procedure steps.</summary>
    public bool AllowsMpps { get; init; } = true;

    /// <summary>How strictly its MPPS messages are held to the standard.</summary>
    public MppsProfile MppsProfile { get; init; } = MppsProfile.Lenient;

    /// <summary>Names go out romanized.</summary>
    public bool Romanize { get; init; }

    /// <summary>Its queries bring the orders of the EMR first, where there is one.</summary>
    public bool SyncsOnQuery { get; init; } = true;
}

/// <summary>How strictly MPPS messages are held to the standard.</summary>
internal enum MppsProfile
{
    /// <summary>What can be understood is taken, with a warning: modalities in the field are imperfect.</summary>
    Lenient,

    /// <summary>What the standard forbids is refused.</summary>
    Strict,
}
