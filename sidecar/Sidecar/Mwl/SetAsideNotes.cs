using System.Collections.Concurrent;
using System.Text;
using System.Threading.Channels;

namespace Gantry.Sidecar.Mwl;

/// <summary>A row that cannot be served, and why.</summary>
internal readonly record struct SetAsideNote(string AccessionNumber, RowFault Fault);

/// <summary>
/// Rows that queries found unfit to serve, on their way to the store: a query must not wait for a write, so it leaves a note
/// here, and <see cref="WorklistInspection"/> writes it down. What is written down already is not noted again, however many
/// queries see the row. When notes come too fast the newest are dropped: the next inspection finds the same rows.
/// </summary>
internal sealed class SetAsideNotes
{
    private const int MaximumKnown = 10_000;

    private readonly Channel<SetAsideNote> _notes =
        Channel.CreateBounded<SetAsideNote>(new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.Wait });

    private ConcurrentDictionary<SetAsideNote, bool> _known = new();

    public ChannelReader<SetAsideNote> Reader => _notes.Reader;

    public void Note(ReadOnlySpan<byte> accessionNumber, RowFault fault)
    {
        var known = _known;
        var note = new SetAsideNote(Encoding.UTF8.GetString(accessionNumber), fault);
        if (known.Count >= MaximumKnown || !known.TryAdd(note, true)) return;
        if (!_notes.Writer.TryWrite(note)) known.TryRemove(note, out _);
    }

    /// <summary>True if the row was noted with this fault since the last inspection, or was found by it.</summary>
    public bool IsKnown(SetAsideNote note) => _known.ContainsKey(note);

    /// <summary>The notes could not be written down, so they are wanted again.</summary>
    public void Forget(IEnumerable<SetAsideNote> notes)
    {
        foreach (var note in notes) _known.TryRemove(note, out _);
    }

    /// <summary>All rows were looked at: these are the unfit ones, and any other was mended.</summary>
    public void Restart(IEnumerable<SetAsideNote> found) =>
        _known = new(found.Take(MaximumKnown).Select(note => KeyValuePair.Create(note, true)));
}
