namespace Orthanc.Net;

/// <summary>The JSON that Orthanc sends with an error; it comes without a Content-Type.</summary>
internal sealed record OrthancErrorBody
{
    public string? Message { get; init; }

    public string? Details { get; init; }

    public int? OrthancStatus { get; init; }
}
