namespace Gantry.EmrSync.Names;

/// <summary>Leaves names as they are, but for the comma of "SMITH, JOHN".</summary>
public sealed class PlainNameWriter : INameWriter
{
    /// <inheritdoc/>
    public string Fingerprint => "plain";

    /// <inheritdoc/>
    public PatientNameForms Write(string name, string english, string modality)
    {
        string latin = Components(english);
        string own = Components(name);
        if (latin.Length == 0) return new PatientNameForms(own);
        return own.Length == 0 || own == latin ? new PatientNameForms(latin)
            : new PatientNameForms(latin, Phonetic: own, Romanized: latin);
    }

    private static string Components(string name)
    {
        int comma = name.Contains('^', StringComparison.Ordinal) ? -1 : name.IndexOf(',', StringComparison.Ordinal);
        return comma < 0 ? name : $"{name[..comma].Trim()}^{name[(comma + 1)..].Trim()}";
    }
}
