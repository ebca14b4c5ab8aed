using System.Buffers;
using Gantry.Dicom.Network;

namespace Gantry.Dicom.Tests.Pdus;

/// <summary>Reading and writing PDUs in one call, and byte sequences in pieces.</summary>
internal static class PduBytes
{
    public static byte[] Write(Pdu pdu)
    {
        var output = new ArrayBufferWriter<byte>();
        PduWriter.Write(output, pdu);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>All PDUs at the start of the input, as text, and how many bytes were left.</summary>
    public static (List<string> Pdus, long Left) ReadAll(ReadOnlySequence<byte> input, uint maximumLength = 0)
    {
        var pdus = new List<string>();
        while (PduReader.TryRead(ref input, maximumLength, out var pdu)) pdus.Add(PduDescription.Of(pdu));
        return (pdus, input.Length);
    }

    /// <summary>The one PDU that these bytes are.</summary>
    public static Pdu Read(byte[] bytes, uint maximumLength = 0)
    {
        var input = new ReadOnlySequence<byte>(bytes);
        Assert.True(PduReader.TryRead(ref input, maximumLength, out var pdu), "The reader wants more bytes.");
        Assert.Equal(0, input.Length);
        return pdu;
    }

    /// <summary>The bytes in memory that is cut at each of these places.</summary>
    public static ReadOnlySequence<byte> Cut(byte[] bytes, IEnumerable<int> cuts)
    {
        var places = cuts.Where(cut => cut > 0 && cut < bytes.Length).Distinct().Order().Append(bytes.Length).ToList();
        var first = new Piece(bytes.AsMemory(0, places[0]));
        var last = first;
        for (var i = 1; i < places.Count; i++) last = last.Append(bytes.AsMemory(places[i - 1], places[i] - places[i - 1]));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory) => Memory = memory;

        public Piece Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Piece(memory) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }
}
