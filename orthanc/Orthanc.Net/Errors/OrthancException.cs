namespace Orthanc.Net;

/// <summary>
/// A call to Orthanc failed. The kinds: <see cref="OrthancConnectionException"/> (no answer, or only a part of it),
/// <see cref="OrthancAnswerException"/> (Orthanc answered with an error) and <see cref="OrthancFormatException"/> (the answer
/// cannot be understood). The text names method, address, phase and the way out; it holds no patient data.
/// </summary>
public abstract class OrthancException : Exception
{
    private protected OrthancException(OrthancRequest request, OrthancPhase phase, string reason, Exception? inner = null)
        : base($"{request.Method} {request.Uri} ({phase.Words()}): {reason}", inner) =>
        (Method, Uri, Phase) = (request.Method, request.Uri, phase);

    /// <summary>The HTTP method, for example GET.</summary>
    public string Method { get; }

    /// <summary>The address that was called. Resource ids are hashes, so it names no patient.</summary>
    public Uri Uri { get; }

    /// <summary>How far the call came.</summary>
    public OrthancPhase Phase { get; }
}

/// <summary>What was asked: the part of a call that an error names.</summary>
internal sealed record OrthancRequest(string Method, Uri Uri);
