using System.Buffers;
using System.IO.Compression;

namespace Gantry.Dicom;

/// <summary>The deflate step of Deflated Explicit VR Little Endian (PS3.5 A.5): RFC 1951 without a header.</summary>
internal static class Deflated
{
    /// <summary>Inflates, up to so many bytes.</summary>
    /// <exception cref="DicomFormatException">It is not deflated, is cut short, or becomes longer than allowed.</exception>
    public static ReadOnlyMemory<byte> Inflate(ReadOnlyMemory<byte> bytes, long maximumLength)
    {
        if (bytes.IsEmpty)
            return bytes;
        var output = new ArrayBufferWriter<byte>(Math.Clamp(bytes.Length * 2, 4096, 1 << 20));
        using var source = new WatchedStream(bytes.ToArray());
        using var inflater = new DeflateStream(source, CompressionMode.Decompress);
        try
        {
            while (inflater.Read(output.GetSpan(4096)) is > 0 and var count)
            {
                if (output.WrittenCount + (long)count > maximumLength)
                    throw new DicomFormatException(
                        $"A deflated data set that inflates to more than the {maximumLength} bytes allowed.");
                output.Advance(count);
            }
        }
        catch (InvalidDataException error)
        {
            throw new DicomFormatException("The data set is not deflated as its transfer syntax says.", error);
        }
        return source.WasReadPastItsEnd
            ? throw new DicomFormatException("The deflated data set is cut short.")
            : output.WrittenMemory;
    }

    /// <summary>Deflates, and pads to an even length.</summary>
    public static void Deflate(ReadOnlySpan<byte> bytes, IBufferWriter<byte> output)
    {
        using var compressed = new MemoryStream();
        using (var deflater = new DeflateStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            deflater.Write(bytes);
        if (compressed.Length % 2 == 1)
            compressed.WriteByte(0);
        output.Write(compressed.GetBuffer().AsSpan(0, (int)compressed.Length));
    }

    // A deflate stream says where it ends; asked for more after the last byte, it has not ended. DeflateStream takes that for
    // the end
    private sealed class WatchedStream(byte[] bytes) : MemoryStream(bytes, writable: false)
    {
        public bool WasReadPastItsEnd { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = base.Read(buffer, offset, count);
            WasReadPastItsEnd |= read == 0;
            return read;
        }
    }
}
