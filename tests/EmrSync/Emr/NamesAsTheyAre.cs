using Gantry.EmrSync.Names;

namespace Gantry.EmrSync.Tests.Emr;

/// <summary>Leaves names as they are, where a test is about something else.</summary>
internal sealed class NamesAsTheyAre : INameWriter
{
    public string Fingerprint => "plain";

    public PatientNameForms Write(string name, string english, string modality) => new(english.Length > 0 ? english : name);
}
