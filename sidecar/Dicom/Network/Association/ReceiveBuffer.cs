using System.Buffers;

namespace Gantry.Dicom.Network;

/// <summary>
/// Bytes received and not read yet, in one pooled array. It starts small and doubles only when it is full, so a peer that
/// promises much and sends little costs little.
/// </summary>
internal sealed class ReceiveBuffer
{
    private const int InitialSize = 4096;
    private byte[] _array = [];
    private int _start, _end;

    /// <summary>What was received and not consumed. Valid until <see cref="Free"/> is called.</summary>
    public ReadOnlyMemory<byte> Unread => _array.AsMemory(_start, _end - _start);

    public int UnreadLength => _end - _start;

    public void Consume(int count) => _start += count;

    /// <summary>Room for the next read, one byte at least.</summary>
    public Memory<byte> Free()
    {
        if (_start == _end) _start = _end = 0;
        if (_array.Length == 0)
        {
            _array = ArrayPool<byte>.Shared.Rent(InitialSize);
        }
        else if (_end == _array.Length)
        {
            // Full: move what is unread to the front; where it fills more than half, into twice the room
            var target = _end - _start > _array.Length / 2 ? ArrayPool<byte>.Shared.Rent(_array.Length * 2) : _array;
            Buffer.BlockCopy(_array, _start, target, 0, _end - _start);
            if (target != _array) ArrayPool<byte>.Shared.Return(_array);
            (_array, _end, _start) = (target, _end - _start, 0);
        }
        return _array.AsMemory(_end);
    }

    public void Received(int count) => _end += count;

    /// <summary>Gives a grown array back, once it is empty; a small one is kept.</summary>
    public void Shrink()
    {
        if (_start == _end && _array.Length > InitialSize) Release();
    }

    /// <summary>Gives the array back.</summary>
    public void Release()
    {
        if (_array.Length > 0) ArrayPool<byte>.Shared.Return(_array);
        (_array, _start, _end) = ([], 0, 0);
    }
}
