using System.Buffers;
using System.Buffers.Binary;

namespace Orthanc.Net;

/// <summary>Smallest and largest value of a frame, as stored.</summary>
/// <param name="Smallest">The smallest value.</param>
/// <param name="Largest">The largest value.</param>
internal readonly record struct PixelRange(int Smallest, int Largest)
{
    private const int LongestHeader = 1024;

    private static ReadOnlySpan<byte> HeaderEnd => "ENDHDR\n"u8;

    /// <summary>
    /// Reads a portable arbitrary map of 16 bits, big endian, while it arrives; nothing of it is kept.
    /// </summary>
    /// <param name="map">What Orthanc sends for image-uint16 and image-int16.</param>
    /// <param name="isSigned">True if the values have a sign.</param>
    /// <param name="padding">A value that stands for 'no pixel'; null for none.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Null if there is no value, or it is no such map.</returns>
    public static async Task<PixelRange?> ReadAsync(Stream map, bool isSigned, int? padding, CancellationToken cancellationToken)
    {
        var block = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            var filled = await map.ReadAtLeastAsync(block, LongestHeader, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            var end = block.AsSpan(0, Math.Min(filled, LongestHeader)).IndexOf(HeaderEnd);
            if (end < 0 || !block.AsSpan().StartsWith("P7"u8))
                return null;
            var range = new PixelRange(int.MaxValue, int.MinValue);
            var start = end + HeaderEnd.Length;
            while (filled > start)
            {
                var even = start + ((filled - start) & ~1);
                range = range.Extend(block.AsSpan(start..even), isSigned, padding);
                // Half a value waits for its other half
                block.AsSpan(even..filled).CopyTo(block);
                start = 0;
                var rest = filled - even;
                var count = await map.ReadAsync(block.AsMemory(rest), cancellationToken).ConfigureAwait(false);
                filled = count == 0 ? 0 : rest + count;
            }
            return range.Smallest <= range.Largest ? range : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    private PixelRange Extend(ReadOnlySpan<byte> values, bool isSigned, int? padding)
    {
        var (smallest, largest) = this;
        for (; values.Length >= 2; values = values[2..])
        {
            int value = isSigned ? BinaryPrimitives.ReadInt16BigEndian(values) : BinaryPrimitives.ReadUInt16BigEndian(values);
            if (value == padding)
                continue;
            smallest = Math.Min(smallest, value);
            largest = Math.Max(largest, value);
        }
        return new(smallest, largest);
    }
}
