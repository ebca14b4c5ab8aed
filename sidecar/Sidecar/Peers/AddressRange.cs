using System.Net;
using System.Net.Sockets;

namespace Gantry.Sidecar.Peers;

/// <summary>One address, or a network in CIDR form.</summary>
internal readonly record struct AddressRange
{
    private readonly IPNetwork _network;

    private AddressRange(IPNetwork network) => _network = network;

    /// <summary>Reads <c>192.168.1.20</c>, <c>192.168.1.0/24</c>, <c>fd00::/8</c>. Host bits beside the prefix are ignored.</summary>
    public static bool TryParse(string text, out AddressRange range)
    {
        range = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!IPAddress.TryParse(slash < 0 ? text : text[..slash], out var address))
            return false;
        var bits = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        var prefix = bits;
        if (slash >= 0 && (!byte.TryParse(text.AsSpan(slash + 1), out var given) || (prefix = given) > bits))
            return false;
        range = new(new IPNetwork(Masked(address, prefix), prefix));
        return true;
    }

    /// <summary>The range as the framework has it.</summary>
    public IPNetwork Network => _network;

    /// <summary>How narrow the range is: the bits of the prefix.</summary>
    public int PrefixLength => _network.PrefixLength;

    /// <summary>True if an address lies in the range; an IPv4 address mapped into IPv6 counts as IPv4.</summary>
    public bool Contains(IPAddress address) =>
        _network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    private static IPAddress Masked(IPAddress address, int prefix)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] &= (byte)(0xFF00 >> Math.Clamp(prefix - i * 8, 0, 8));
        return new(bytes);
    }
}
