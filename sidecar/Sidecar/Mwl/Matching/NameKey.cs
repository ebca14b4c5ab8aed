using System.Text;
using Gantry.Worklist;

namespace Gantry.Sidecar.Mwl;

/// <summary>
/// A key on a person's name (PS3.4 C.2.2.2.1 and C.2.2.2.4): without regard to case, and to empty components at the end.
/// A key of one component group matches any group of the name, so that a name can be asked for in any of the scripts that
/// it is held in; a key with several groups matches group by group.
/// </summary>
internal sealed class NameKey(IReadOnlyList<WorklistColumn> columns, string key) : RowKey
{
    private readonly TextPattern?[] _groups = [.. key.Split('=').Select(group =>
        group.Trim().TrimEnd('^') is { Length: > 0 } text ? new TextPattern(text, ignoreCase: true) : null)];

    public override IEnumerable<WorklistColumn> Columns => columns;

    public override bool Matches(IWorklistCursor row)
    {
        if (_groups.Length > 1) return MatchesGroupByGroup(row);
        if (_groups[0] is not { } pattern) return true;
        foreach (var column in columns)
        {
            var names = row[column];
            foreach (var group in names.Split((byte)'='))
                if (Matches(pattern, names[group])) return true;
        }

        return false;
    }

    private bool MatchesGroupByGroup(IWorklistCursor row)
    {
        for (var i = 0; i < _groups.Length; i++)
        {
            if (_groups[i] is not { } pattern) continue;
            if (!Matches(pattern, GroupAt(row, i))) return false;
        }

        return true;
    }

    // The groups stand in columns of their own or, where an EMR wrote them so, all in the first one
    private ReadOnlySpan<byte> GroupAt(IWorklistCursor row, int index)
    {
        var names = row[columns[0]];
        var at = 0;
        foreach (var group in names.Split((byte)'='))
        {
            if (at++ == index && !names[group].IsEmpty) return names[group];
        }

        return index > 0 && index < columns.Count ? row[columns[index]] : default;
    }

    private static bool Matches(TextPattern pattern, ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty) return false;
        Span<char> buffer = utf8.Length <= 512 ? stackalloc char[utf8.Length] : new char[utf8.Length];
        ReadOnlySpan<char> name = buffer[..Encoding.UTF8.GetChars(utf8, buffer)];
        name = name.Trim().TrimEnd('^');
        for (var shorter = pattern; shorter is not null; shorter = shorter.WithoutLastComponent)
            if (shorter.Matches(name)) return true;
        return false;
    }
}
