using System.Text;

namespace Gantry.EmrSync.Names;

/// <summary>
/// Writes one component group of VR PN, of at most 64 characters with its delimiters (PS3.5 Table 6.2-1). What no longer fits
/// is left out whole, piece by piece, and so is all behind it.
/// </summary>
internal sealed class GroupWriter
{
    private const int MostCharacters = 64;

    private readonly StringBuilder _text = new();
    private int _length, _delimiters;
    private bool _hasSpace;

    /// <summary>True once something did not fit.</summary>
    public bool IsCut { get; private set; }

    /// <summary>The next component begins.</summary>
    public void NextComponent() => (_delimiters, _hasSpace) = (_delimiters + 1, false);

    /// <summary>A word begins, behind a space unless it is the first of its component.</summary>
    public void NextWord() => _hasSpace = _text.Length > 0 && _delimiters == 0 && _text[^1] != '^';

    /// <summary>Writes a piece that must not be cut.</summary>
    public void Append(string piece)
    {
        if (piece.Length == 0) return;
        var length = _delimiters + (_hasSpace ? 1 : 0) + Characters(piece);
        if (IsCut || _length + length > MostCharacters)
        {
            IsCut = true;
            return;
        }

        _text.Append('^', _delimiters).Append(_hasSpace ? " " : "").Append(piece);
        _length += length;
        (_delimiters, _hasSpace) = (0, false);
    }

    /// <summary>The group, without spaces or delimiters at its end.</summary>
    public override string ToString() => _text.ToString().TrimEnd(' ', '^');

    private static int Characters(string piece)
    {
        var count = 0;
        foreach (var _ in piece.EnumerateRunes()) count++;
        return count;
    }
}
