using System.ComponentModel.DataAnnotations;
using Gantry.Sidecar.Peers;

namespace Gantry.Sidecar.Settings;

/// <summary>
/// An entry of the list <c>Peers</c>. What it leaves out comes from the entry that names neither AE title nor address
/// (or <c>*</c>), and then from the built-in defaults.
/// </summary>
internal sealed class PeerOptions
{
    /// <summary>The calling AE title; empty or <c>*</c> is any.</summary>
    [AeTitle(wildcard: true)]
    public string? AeTitle { get; init; }

    /// <summary>The called AE title that this entry is for; empty or <c>*</c> is any.</summary>
    [AeTitle(wildcard: true)]
    public string? CalledAeTitle { get; init; }

    /// <summary>Addresses or networks that this entry is for; empty is any.</summary>
    [IpNetwork]
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>
    /// Character sets the peer can take, the most welcome first; each is a value of (0008,0005), with backslashes where it
    /// has several terms. Default ISO_IR 192.
    /// </summary>
    [CharacterSetTerms]
    public IReadOnlyList<string>? CharacterSets { get; init; }

    /// <summary>How its bytes are read where it names no character set but sends more than ASCII. Default ISO_IR 192.</summary>
    [CharacterSetTerms]
    public string? FallbackCharacterSet { get; init; }

    /// <summary>Statuses that its queries find. Default SCHEDULED.</summary>
    [OrderStatusName]
    public IReadOnlyList<string>? ListedStatuses { get; init; }

    /// <summary>Only steps for its own AE title are found.</summary>
    public bool? OwnStepsOnly { get; init; }

    /// <summary>Most answers to one query; none is no limit.</summary>
    [Range(1, 10_000_000)]
    public int? MaximumAnswers { get; init; }

    /// <summary>False refuses its MPPS messages with 0x0124, not authorized. Default true.</summary>
    public bool? AllowsMpps { get; init; }

    /// <summary>Strict refuses what lenient mends or warns about. Default Lenient.</summary>
    public MppsProfile? MppsProfile { get; init; }

    /// <summary>Names go out romanized.</summary>
    public bool? Romanize { get; init; }

    /// <summary>False answers its queries from what is there, without asking the EMR first. Default true.</summary>
    public bool? SyncsOnQuery { get; init; }
}
