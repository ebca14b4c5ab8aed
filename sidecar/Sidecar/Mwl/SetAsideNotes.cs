using System.Text;
using System.Threading.Channels;

namespace Gantry.Sidecar.Mwl;

/// <summary>
/// Rows that queries found unfit to serve, on their way to the store: a query must not wait for a write, so it leaves a note
/// here, and <see cref="WorklistInspection"/> writes it down. When notes come too fast the newest are dropped: the next
/// inspection finds the same rows.
/// </summary>
internal sealed class SetAsideNotes
{
    private readonly Channel<(string AccessionNumber, RowFault Fault)> _notes =
        Channel.CreateBounded<(string, RowFault)>(new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropWrite });

    public ChannelReader<(string AccessionNumber, RowFault Fault)> Reader => _notes.Reader;

    public void Note(ReadOnlySpan<byte> accessionNumber, RowFault fault) =>
        _notes.Writer.TryWrite((Encoding.UTF8.GetString(accessionNumber), fault));
}
