using System.Text.Json.Serialization;

namespace Orthanc.Net;

/// <summary>The four levels of DICOM's model of the world (PS3.4 C.6.1.1).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ResourceLevel>))]
public enum ResourceLevel
{
    /// <summary>A patient.</summary>
    Patient,

    /// <summary>A study.</summary>
    Study,

    /// <summary>A series.</summary>
    Series,

    /// <summary>An instance: one object, most often one image.</summary>
    Instance,
}
