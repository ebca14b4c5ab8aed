using System.Text;
using Gantry.Worklist;

namespace Gantry.Sidecar.Mwl;

/// <summary>A matching key that is decided on the row's own bytes, after SQL has narrowed the rows by its indexes.</summary>
internal abstract class RowKey
{
    public abstract bool Matches(IWorklistCursor row);

    /// <summary>The columns it reads.</summary>
    public abstract IEnumerable<WorklistColumn> Columns { get; }

    /// <summary>Whether any pattern matches the text in these bytes of UTF-8.</summary>
    protected static bool AnyMatches(IReadOnlyList<TextPattern> patterns, ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty) return false;
        Span<char> buffer = utf8.Length <= 512 ? stackalloc char[utf8.Length] : new char[utf8.Length];
        ReadOnlySpan<char> text = buffer[..Encoding.UTF8.GetChars(utf8, buffer)];
        foreach (var pattern in patterns)
            if (pattern.Matches(text)) return true;
        return false;
    }
}

/// <summary>A text key on a column, or on the first of those that stand in where it is empty.</summary>
internal sealed class TextKey(IReadOnlyList<WorklistColumn> columns, IReadOnlyList<TextPattern> patterns) : RowKey
{
    public override IEnumerable<WorklistColumn> Columns => columns;

    public override bool Matches(IWorklistCursor row)
    {
        for (var i = 0; i < columns.Count; i++)
            if (row[columns[i]].Trim((byte)' ') is { IsEmpty: false } value) return AnyMatches(patterns, value);
        return false;
    }
}

/// <summary>A key on the station, which is the order's or, where that is empty, the one set for its modality.</summary>
internal sealed class StationKey(StationDirectory stations, IReadOnlyList<TextPattern> patterns) : RowKey
{
    public override IEnumerable<WorklistColumn> Columns => StationDirectory.Columns;

    public override bool Matches(IWorklistCursor row) => AnyMatches(patterns, stations.AeTitleOf(row));
}

/// <summary>The start date and start time keys.</summary>
internal sealed class MomentKey(MomentRange moments) : RowKey
{
    public override IEnumerable<WorklistColumn> Columns => [WorklistColumn.ScheduledDate, WorklistColumn.ScheduledTime];

    public override bool Matches(IWorklistCursor row) =>
        moments.Includes(row[WorklistColumn.ScheduledDate], row[WorklistColumn.ScheduledTime]);
}
