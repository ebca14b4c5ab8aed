using System.Security.Cryptography;
using System.Text;

namespace Gantry.Sidecar.Forwarding;

/// <summary>
/// UUIDs made from names (RFC 9562, 5.5, version 5): the same event has the same message_id however often it is sent, from whichever
/// gateway.
/// </summary>
internal static class NameBasedUuid
{
    /// <summary>The namespace for object identifiers (RFC 9562, 6.6).</summary>
    private static readonly Guid ObjectIdentifiers = new("6ba7b812-9dad-11d1-80b4-00c04fd430c8");

    /// <summary>Of a UID, which is an object identifier, or of a text that begins with one.</summary>
    public static Guid Of(string name)
    {
        var text = Encoding.UTF8.GetBytes(name);
        Span<byte> bytes = new byte[16 + text.Length];
        ObjectIdentifiers.TryWriteBytes(bytes, bigEndian: true, out _);
        text.CopyTo(bytes[16..]);
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // version 5 is defined with SHA-1; nothing is protected by it
        SHA1.HashData(bytes, hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new(hash[..16], bigEndian: true);
    }
}
