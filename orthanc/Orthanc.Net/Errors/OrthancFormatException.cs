namespace Orthanc.Net;

/// <summary>The answer is not what Orthanc sends: another program answers at this address, or the answer is damaged or too long.</summary>
public sealed class OrthancFormatException : OrthancException
{
    internal OrthancFormatException(OrthancRequest request, string reason, Exception? inner = null)
        : base(request, OrthancPhase.Read, $"{reason} Check that the address is the one of Orthanc.", inner)
    {
    }
}
