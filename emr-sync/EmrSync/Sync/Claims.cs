using Gantry.EmrSync.Reading;

namespace Gantry.EmrSync.Sync;

/// <summary>
/// Which keys and accession numbers one pass has seen: 100 bytes or so for each row, so that a table of any width fits. Hashes of 128
/// bits stand for the text.
/// </summary>
internal sealed class Claims
{
    private readonly Dictionary<UInt128, string> _rows = [];
    private readonly Dictionary<UInt128, UInt128> _owners = [];

    /// <summary>Accession numbers that rows with different keys have.</summary>
    public HashSet<string> Shared { get; } = new(StringComparer.Ordinal);

    /// <summary>Keys that different rows have, each with the accession number of one.</summary>
    public Dictionary<string, EmrRow> Twins { get; } = new(StringComparer.Ordinal);

    /// <summary>True if a row with this key was read in this pass.</summary>
    public bool Saw(string key) => _rows.ContainsKey(RowHash.Of(key));

    /// <summary>False for a second row of the same key; if it says something else, the key is ambiguous.</summary>
    public bool IsFirst(EmrRow row)
    {
        UInt128 key = RowHash.Of(row.Key);
        if (_rows.TryAdd(key, row.Hash)) return true;
        if (_rows[key] != row.Hash) Twins[row.Key] = row;
        return false;
    }

    /// <summary>A live row claims its accession number; false if a row of another key has claimed it already.</summary>
    public bool Claim(EmrRow row)
    {
        UInt128 key = RowHash.Of(row.Key);
        UInt128 accession = RowHash.Of(row.AccessionNumber);
        if (_owners.TryAdd(accession, key) || _owners[accession] == key) return true;
        Shared.Add(row.AccessionNumber);
        return false;
    }
}
