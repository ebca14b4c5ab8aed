namespace Gantry.EmrSync.Names;

/// <summary>Section <c>EmrSync:Names</c>: how names of patients are written, and in which groups of VR PN.</summary>
public sealed class NameOptions
{
    /// <summary>The system by which Korean is written in Latin letters. Default Conventional.</summary>
    public RomanizationStyle Style { get; init; } = RomanizationStyle.Conventional;

    /// <summary>What stands between the syllables of a romanized given name. Default Joined.</summary>
    public GivenNameForm GivenName { get; init; } = GivenNameForm.Joined;

    /// <summary>
    /// Modalities whose orders carry Korean and Japanese names in Latin letters in the first group; <c>*</c> is all of them and
    /// any word that is no modality, such as <c>NONE</c>, is none. Default US.
    /// </summary>
    public IReadOnlyList<string> RomanizedModalities { get; init; } = ["US"];

    /// <summary>Where the first group is romanized, the name in its own script follows in the phonetic group. Default true.</summary>
    public bool KeepHangul { get; init; } = true;

    /// <summary>How a name of several words without <c>^</c> or comma is read, unless it is Korean. Default FamilyFirst.</summary>
    public WordOrder WordOrder { get; init; } = WordOrder.FamilyFirst;

    /// <summary>Other styles for single modalities; the first entry that names a modality is taken.</summary>
    public IReadOnlyList<ModalityNameOptions> Overrides { get; init; } = [];

    /// <summary>The style and form for a modality.</summary>
    internal (RomanizationStyle Style, GivenNameForm GivenName) For(string? modality)
    {
        foreach (var entry in Overrides)
        {
            if (IsNamed(entry.Modalities, modality)) return (entry.Style ?? Style, entry.GivenName ?? GivenName);
        }

        return (Style, GivenName);
    }

    internal bool IsRomanized(string? modality) => IsNamed(RomanizedModalities, modality);

    private static bool IsNamed(IReadOnlyList<string> modalities, string? modality) =>
        modalities.Any(named => named == "*" || named.Equals(modality?.Trim(), StringComparison.OrdinalIgnoreCase));
}

/// <summary>An entry of <c>EmrSync:Names:Overrides</c>; what it leaves out is that of <see cref="NameOptions"/>.</summary>
public sealed class ModalityNameOptions
{
    /// <summary>The modalities it is for.</summary>
    public IReadOnlyList<string> Modalities { get; init; } = [];

    /// <summary>The system of romanization.</summary>
    public RomanizationStyle? Style { get; init; }

    /// <summary>What stands between the syllables of a given name.</summary>
    public GivenNameForm? GivenName { get; init; }
}

/// <summary>A system by which Korean names are written in Latin letters. Always without marks and apostrophes.</summary>
public enum RomanizationStyle
{
    /// <summary>Family names as most of their bearers spell them (KIM, LEE, PARK), given names by the Revised Romanization.</summary>
    Conventional,

    /// <summary>The Revised Romanization of 2000 for both (GIM, I, BAK); each syllable by itself, as its rule for names is.</summary>
    Revised,

    /// <summary>McCune-Reischauer, with its changes of sound between the syllables of a given name.</summary>
    McCuneReischauer,
}

/// <summary>What stands between the syllables of a given name.</summary>
public enum GivenNameForm
{
    /// <summary>Nothing: <c>HONG^GILDONG</c>.</summary>
    Joined,

    /// <summary>A hyphen: <c>HONG^GIL-DONG</c>.</summary>
    Hyphen,

    /// <summary>A space: <c>HONG^GIL DONG</c>.</summary>
    Space,
}

/// <summary>Which word of a name is the family name.</summary>
public enum WordOrder
{
    /// <summary>The first one, as EMRs in Korea and Japan write all names.</summary>
    FamilyFirst,

    /// <summary>The last one.</summary>
    FamilyLast,

    /// <summary>Nobody knows: all words stay in the family name, as they were written.</summary>
    AsWritten,
}
