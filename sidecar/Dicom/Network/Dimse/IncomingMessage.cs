using System.Buffers;

namespace Gantry.Dicom.Network;

/// <summary>A DIMSE message as it comes in: its command set, and its data set as far as it has arrived.</summary>
internal sealed class IncomingMessage(AcceptedContext context, CommandSet command, ReceiveBudget? budget = null)
{
    private const int Uncounted = 64 * 1024; // arrays up to here are not worth counting
    private byte[] _data = [];
    private int _length;

    public AcceptedContext Context { get; } = context;

    public CommandSet Command { get; } = command;

    public ReadOnlyMemory<byte> Data => _data.AsMemory(0, _length);

    /// <summary>The answer given before the data set came: the data set is not kept.</summary>
    public DimseResponse? Refusal { get; set; }

    /// <summary>True if the data set is longer than we take: none of it was kept.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>True if other associations hold so much that there was no room for the data set: none of it was kept.</summary>
    public bool IsCrowdedOut { get; private set; }

    /// <summary>True if a C-CANCEL came while the message waited for its turn.</summary>
    public bool IsCancelled { get; set; }

    /// <summary>Keeps a fragment of the data set; the array doubles as bytes arrive, up to the limit.</summary>
    public void Append(ReadOnlySpan<byte> fragment, bool isLast, int maximumLength)
    {
        if (Refusal is not null || IsTooLong || IsCrowdedOut || fragment.Length == 0) return;
        if (fragment.Length > maximumLength - _length)
        {
            IsTooLong = true;
            Return();
            return;
        }
        var needed = _length + fragment.Length;
        if (needed > _data.Length)
        {
            var grown = ArrayPool<byte>.Shared.Rent(isLast ? needed : Math.Max(needed, Math.Min(2 * needed, maximumLength)));
            if (grown.Length > Uncounted && budget?.TryTake(grown.Length) == false)
            {
                ArrayPool<byte>.Shared.Return(grown);
                IsCrowdedOut = true;
                Return();
                return;
            }
            _data.AsSpan(0, _length).CopyTo(grown);
            ReturnArray();
            _data = grown;
        }
        fragment.CopyTo(_data.AsSpan(_length));
        _length = needed;
    }

    /// <summary>Gives the data set's array back; <see cref="Data"/> is empty from here on.</summary>
    public void Return()
    {
        ReturnArray();
        (_data, _length) = ([], 0);
    }

    private void ReturnArray()
    {
        if (_data.Length > Uncounted) budget?.Return(_data.Length);
        if (_data.Length > 0) ArrayPool<byte>.Shared.Return(_data);
    }
}
