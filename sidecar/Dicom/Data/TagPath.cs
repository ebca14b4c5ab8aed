using System.Text;

namespace Gantry.Dicom;

/// <summary>Names the place of an element in messages: <c>(0040,0100)[0].(0008,0060)</c>.</summary>
internal struct TagPath()
{
    private (DicomTag Sequence, int Item)[] _steps = [];
    private int _depth;

    /// <summary>How many sequences deep.</summary>
    public readonly int Depth => _depth;

    /// <summary>Goes into a sequence; <see cref="Enter"/> then names the items.</summary>
    public void Push(DicomTag sequence)
    {
        if (_depth == _steps.Length)
            Array.Resize(ref _steps, Math.Max(4, _depth * 2));
        _steps[_depth++] = (sequence, -1);
    }

    /// <summary>Goes into the next item of the innermost sequence.</summary>
    public readonly void Enter() => _steps[_depth - 1].Item++;

    /// <summary>Leaves the innermost sequence.</summary>
    public void Pop() => _depth--;

    /// <summary>The path, and in it the tag if there is one.</summary>
    public readonly string To(DicomTag? tag)
    {
        var text = new StringBuilder();
        foreach (var (sequence, item) in _steps.AsSpan(0, _depth))
        {
            text.Append(text.Length == 0 ? "" : ".").Append(sequence);
            if (item >= 0)
                text.Append('[').Append(item).Append(']');
        }
        if (tag is not null)
            text.Append(text.Length == 0 ? "" : ".").Append(tag);
        return text.ToString();
    }
}
