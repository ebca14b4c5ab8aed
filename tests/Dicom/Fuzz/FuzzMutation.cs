using System.Buffers.Binary;

namespace Gantry.Dicom.Tests.Fuzz;

/// <summary>One way to spoil a conversation. The result depends on nothing but the random source and the PDUs.</summary>
public sealed record FuzzMutation(string Name, Func<Random, IReadOnlyList<byte[]>, IReadOnlyList<byte[]>> Apply)
{
    private const byte DataTransfer = 0x04;

    public static IReadOnlyList<FuzzMutation> All { get; } =
    [
        new("flip bits", FlipBits),
        new("lie in the PDU length", (random, pdus) => ChangeOne(random, pdus, pdu => Lie(random, pdu, 2, 4))),
        new("lie in some length", LieSomewhere),
        new("truncate the stream", Truncate),
        new("cut a PDU short", (random, pdus) => ChangeOne(random, pdus, pdu => CutShort(random, pdu))),
        new("repeat a PDU", (random, pdus) => Insert(random, pdus, pdus[random.Next(pdus.Count)])),
        new("swap two PDUs", Swap),
        new("drop a PDU", Drop),
        new("insert wild bytes", (random, pdus) => Insert(random, pdus, Wild(random, 64))),
        new("insert a wild P-DATA-TF", (random, pdus) => Insert(random, pdus, WithHeader(DataTransfer, Wild(random, 64)))),
        new("insert an unknown PDU", InsertUnknown),
        new("endless fragments", EndlessFragments),
        new("deep nesting", DeepNesting),
        new("many tiny fragments", ManyFragments),
    ];

    private static IReadOnlyList<byte[]> FlipBits(Random random, IReadOnlyList<byte[]> pdus) => ChangeOne(random, pdus, pdu =>
    {
        for (var i = random.Next(1, 9); i > 0 && pdu.Length > 0; i--) pdu[random.Next(pdu.Length)] ^= (byte)(1 << random.Next(8));
        return pdu;
    });

    // Any two or four bytes may be a length; the borders are where mistakes live
    private static IReadOnlyList<byte[]> LieSomewhere(Random random, IReadOnlyList<byte[]> pdus) => ChangeOne(random, pdus, pdu =>
    {
        var size = random.Next(2) == 0 ? 2 : 4;
        return pdu.Length < 6 + size ? pdu : Lie(random, pdu, random.Next(6, pdu.Length - size + 1), size);
    });

    private static byte[] Lie(Random random, byte[] pdu, int place, int size)
    {
        if (pdu.Length < place + size) return pdu;
        var field = pdu.AsSpan(place, size);
        long value = size == 2 ? BinaryPrimitives.ReadUInt16BigEndian(field) : BinaryPrimitives.ReadUInt32BigEndian(field);
        long[] lies =
            [0, 1, value - 1, value + 1, value * 2, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, random.Next()];
        var lie = lies[random.Next(lies.Length)];
        if (size == 2) BinaryPrimitives.WriteUInt16BigEndian(field, (ushort)lie);
        else BinaryPrimitives.WriteUInt32BigEndian(field, (uint)lie);
        return pdu;
    }

    private static IReadOnlyList<byte[]> Truncate(Random random, IReadOnlyList<byte[]> pdus)
    {
        var last = random.Next(pdus.Count);
        return [.. pdus.Take(last), pdus[last][..random.Next(pdus[last].Length + 1)]];
    }

    // Shorter, with a length that says so
    private static byte[] CutShort(Random random, byte[] pdu)
    {
        if (pdu.Length <= 6) return pdu;
        var shorter = pdu[..random.Next(6, pdu.Length)];
        BinaryPrimitives.WriteInt32BigEndian(shorter.AsSpan(2), shorter.Length - 6);
        return shorter;
    }

    private static List<byte[]> InsertUnknown(Random random, IReadOnlyList<byte[]> pdus) =>
        Insert(random, pdus, WithHeader((byte)random.Next(8, 256), Wild(random, 16)));

    private static List<byte[]> Swap(Random random, IReadOnlyList<byte[]> pdus)
    {
        var swapped = pdus.ToList();
        var (one, other) = (random.Next(swapped.Count), random.Next(swapped.Count));
        (swapped[one], swapped[other]) = (swapped[other], swapped[one]);
        return swapped;
    }

    private static IReadOnlyList<byte[]> Drop(Random random, IReadOnlyList<byte[]> pdus)
    {
        var left = pdus.ToList();
        left.RemoveAt(random.Next(left.Count));
        return left.Count > 0 ? left : pdus;
    }

    // A message that never ends: its last fragment loses the bit that says so, and goes on and on
    private static IReadOnlyList<byte[]> EndlessFragments(Random random, IReadOnlyList<byte[]> pdus)
    {
        var data = Enumerable.Range(0, pdus.Count).Where(index => IsData(pdus[index])).ToList();
        if (data.Count == 0) return pdus;
        var chosen = data[random.Next(data.Count)];
        var endless = pdus[chosen].ToArray();
        endless[11] &= 0xFD; // message control header of the first value, PS3.8 E.2
        return [.. pdus.Take(chosen), .. Enumerable.Repeat(endless, random.Next(2, 200)), .. pdus.Skip(chosen + 1)];
    }

    // A data set of sequences in sequences, none of a defined length, in place of the last one
    private static IReadOnlyList<byte[]> DeepNesting(Random random, IReadOnlyList<byte[]> pdus)
    {
        var last = pdus.ToList().FindLastIndex(IsData);
        if (last < 0) return pdus;
        byte[] start = random.Next(2) == 0
            ? [0x40, 0x00, 0x00, 0x01, 0xFF, 0xFF, 0xFF, 0xFF]                              // (0040,0100), implicit VR
            : [0x40, 0x00, 0x00, 0x01, (byte)'S', (byte)'Q', 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]; // explicit VR
        byte[] level = [.. start, 0xFE, 0xFF, 0x00, 0xE0, 0xFF, 0xFF, 0xFF, 0xFF];
        var nested = Enumerable.Repeat(level, random.Next(1, 5000)).SelectMany(bytes => bytes).ToArray();
        var fragments = nested.Chunk(8192).ToList();
        var values = fragments.Select((fragment, index) =>
            Value(pdus[last][10], (byte)(index == fragments.Count - 1 ? 2 : 0), fragment));
        return [.. pdus.Take(last), .. values, .. pdus.Skip(last + 1)];
    }

    // Still true, only in the smallest pieces that there are: a receiver has to take it
    private static IReadOnlyList<byte[]> ManyFragments(Random random, IReadOnlyList<byte[]> pdus)
    {
        var size = random.Next(1, 9);
        if (pdus.Sum(pdu => pdu.Length) > 20_000) return pdus; // each piece costs 12 bytes more
        return [.. pdus.SelectMany(pdu => IsSingleValue(pdu) ? Pieces(pdu, size) : [pdu])];

        static IEnumerable<byte[]> Pieces(byte[] pdu, int size)
        {
            var pieces = pdu[12..].Chunk(size).ToList();
            return pieces.Select((piece, index) =>
                Value(pdu[10], index == pieces.Count - 1 ? pdu[11] : (byte)(pdu[11] & 0xFD), piece));
        }
    }

    private static bool IsData(byte[] pdu) => pdu.Length >= 12 && pdu[0] == DataTransfer;

    private static bool IsSingleValue(byte[] pdu) =>
        IsData(pdu) && pdu.Length > 12 && BinaryPrimitives.ReadUInt32BigEndian(pdu.AsSpan(6)) == pdu.Length - 10;

    private static byte[] Value(byte contextId, byte control, byte[] fragment)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, fragment.Length + 2);
        return WithHeader(DataTransfer, [.. length, contextId, control, .. fragment]);
    }

    private static byte[] WithHeader(byte type, byte[] body)
    {
        byte[] pdu = [type, 0, 0, 0, 0, 0, .. body];
        BinaryPrimitives.WriteInt32BigEndian(pdu.AsSpan(2), body.Length);
        return pdu;
    }

    private static byte[] Wild(Random random, int maximum)
    {
        var bytes = new byte[random.Next(1, maximum)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static List<byte[]> Insert(Random random, IReadOnlyList<byte[]> pdus, byte[] pdu)
    {
        var longer = pdus.ToList();
        longer.Insert(random.Next(longer.Count + 1), pdu);
        return longer;
    }

    private static IReadOnlyList<byte[]> ChangeOne(Random random, IReadOnlyList<byte[]> pdus, Func<byte[], byte[]> change)
    {
        var chosen = random.Next(pdus.Count);
        return [.. pdus.Select((pdu, index) => index == chosen ? change(pdu.ToArray()) : pdu)];
    }
}
