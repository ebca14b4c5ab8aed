using System.Buffers;

namespace Gantry.Dicom.Network;

/// <summary>Bytes to be sent, in one pooled array that is given back whenever it is empty.</summary>
internal sealed class SendBuffer : IBufferWriter<byte>
{
    /// <summary>From here on waiting bytes are sent before more are written.</summary>
    public const int FullLength = 64 * 1024;

    private const int InitialSize = 2048;
    private byte[] _array = [];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _array.AsMemory(0, Length);

    public Span<byte> WrittenSpan => _array.AsSpan(0, Length);

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsSpan(Length);
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsMemory(Length);
    }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_array.Length - Length), nameof(count));
        Length += count;
    }

    /// <summary>Forgets what was written behind <paramref name="length"/>.</summary>
    public void Truncate(int length) => Length = Math.Min(Length, length);

    /// <summary>Forgets everything and gives the array back.</summary>
    public void Clear()
    {
        if (_array.Length > 0) ArrayPool<byte>.Shared.Return(_array);
        (_array, Length) = ([], 0);
    }

    private void Reserve(int sizeHint)
    {
        var needed = Length + Math.Max(sizeHint, 1);
        if (needed <= _array.Length) return;
        // A second step means a stream of answers: take at once what it will need until it is full
        var size = Math.Max(needed, _array.Length == 0 ? InitialSize : Math.Max(FullLength + FullLength / 4, _array.Length * 2));
        var grown = ArrayPool<byte>.Shared.Rent(size);
        Buffer.BlockCopy(_array, 0, grown, 0, Length);
        if (_array.Length > 0) ArrayPool<byte>.Shared.Return(_array);
        _array = grown;
    }
}
