namespace Gantry.EmrSync.Names;

/// <summary>A patient's name in the forms the worklist keeps; each is one component group of at most 64 characters.</summary>
/// <param name="Alphabetic">FAMILY^GIVEN; empty if there is no name.</param>
/// <param name="Ideographic">Second group, or null.</param>
/// <param name="Phonetic">Third group, or null.</param>
/// <param name="Romanized">Latin spelling for peers that can take no other, or null.</param>
public sealed record PatientNameForms(string Alphabetic, string? Ideographic = null, string? Phonetic = null, string? Romanized = null);

/// <summary>Writes names the way modalities can show them. Safe for many threads; never throws for a strange name.</summary>
public interface INameWriter
{
    /// <summary>Changes when the same name would be written otherwise, so that orders are written anew.</summary>
    string Fingerprint { get; }

    /// <summary>The forms of a name.</summary>
    /// <param name="name">As the EMR has it, in any script; trimmed, may be empty.</param>
    /// <param name="english">The spelling that the EMR has beside it, which wins; may be empty.</param>
    /// <param name="modality">The order's modality.</param>
    PatientNameForms Write(string name, string english, string modality);
}
