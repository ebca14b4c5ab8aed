using System.Net;
using Gantry.Sidecar.Settings;

namespace Gantry.Sidecar.Peers;

/// <summary>
/// Knows how each peer is served. The entry that says most about a peer wins: calling AE title, then called AE title,
/// then the narrowest address range, then the order in the list.
/// </summary>
internal sealed class PeerDirectory
{
    private readonly IReadOnlyList<Entry> _entries;
    private readonly Peer _default;
    private readonly AeTitleComparer _titles;

    public PeerDirectory(SidecarSettings settings)
    {
        _titles = AeTitleComparer.For(settings.Dicom);
        _default = settings.Peers.Where(IsForAll).Aggregate(Peer.Default, Overlay);
        _entries = [.. settings.Peers.Where(options => !IsForAll(options)).Select(options => new Entry(
            Title(options.AeTitle), Title(options.CalledAeTitle), Ranges(options), Overlay(_default, options)))];
    }

    /// <summary>All ways in which peers are served: the one for all others, and that of each entry.</summary>
    public IReadOnlyList<Peer> All => [_default, .. _entries.Select(entry => entry.Peer)];

    /// <summary>How a peer is served.</summary>
    /// <param name="callingAe">The AE title it calls with.</param>
    /// <param name="calledAe">The AE title it calls.</param>
    /// <param name="remoteIp">Its address; null where it is not known, which no entry with addresses matches.</param>
    public Peer Resolve(string callingAe, string calledAe, IPAddress? remoteIp)
    {
        Peer? best = null;
        var bestRank = (Calling: -1, Called: -1, Bits: -1);
        foreach (var entry in _entries)
        {
            var bits = entry.Bits(remoteIp);
            if (bits < 0 || !Fits(entry.CallingAe, callingAe) || !Fits(entry.CalledAe, calledAe))
                continue;
            var rank = (entry.CallingAe is null ? 0 : 1, entry.CalledAe is null ? 0 : 1, bits);
            if (rank.CompareTo(bestRank) > 0)
                (best, bestRank) = (entry.Peer, rank);
        }
        return best ?? _default;
    }

    private bool Fits(string? wanted, string given) => wanted is null || _titles.Equals(wanted, given);

    private static bool IsForAll(PeerOptions options) =>
        Title(options.AeTitle) is null && Title(options.CalledAeTitle) is null && options.Addresses.Count == 0;

    private static string? Title(string? title) => string.IsNullOrWhiteSpace(title) || title.Trim() == "*" ? null : title;

    private static AddressRange[] Ranges(PeerOptions options) =>
        [.. options.Addresses.Select(text => AddressRange.TryParse(text, out var range) ? range
            : throw new ArgumentException($"'{text}' is neither an address nor a network."))];

    private static Peer Overlay(Peer under, PeerOptions options) => new()
    {
        CharacterSets = options.CharacterSets is { Count: > 0 } sets
            ? [.. sets.Select(CharacterSetTermsAttribute.Parse)] : under.CharacterSets,
        FallbackCharacterSet = options.FallbackCharacterSet is { Length: > 0 } set
            ? CharacterSetTermsAttribute.Parse(set) : under.FallbackCharacterSet,
        ListedStatuses = options.ListedStatuses is { Count: > 0 } statuses
            ? [.. statuses.Select(name => OrderStatusNameAttribute.Parse(name)!.Value).Distinct()] : under.ListedStatuses,
        OwnStepsOnly = options.OwnStepsOnly ?? under.OwnStepsOnly,
        AllowsMpps = options.AllowsMpps ?? under.AllowsMpps,
        MaximumAnswers = options.MaximumAnswers ?? under.MaximumAnswers,
        MppsProfile = options.MppsProfile ?? under.MppsProfile,
        Romanize = options.Romanize ?? under.Romanize,
        SyncsOnQuery = options.SyncsOnQuery ?? under.SyncsOnQuery,
    };

    private sealed record Entry(string? CallingAe, string? CalledAe, AddressRange[] Ranges, Peer Peer)
    {
        /// <summary>Bits of the narrowest range that holds an address; 0 where any address will do; -1 where none fits.</summary>
        public int Bits(IPAddress? address) => Ranges.Length == 0 ? 0
            : address is null ? -1
            : Ranges.Where(range => range.Contains(address)).Select(range => range.PrefixLength + 1).DefaultIfEmpty(-1).Max();
    }
}
