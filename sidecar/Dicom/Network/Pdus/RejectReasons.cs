namespace Gantry.Dicom.Network;

/// <summary>The Reason/Diag. values of an A-ASSOCIATE-RJ; what a number means depends on the source (PS3.8 Table 9-21).</summary>
public static class RejectReasons
{
    /// <summary>Source service-user: no reason given.</summary>
    public const byte UserNoReason = 1;
    /// <summary>Source service-user: the application context name is not supported.</summary>
    public const byte UserApplicationContextNotSupported = 2;
    /// <summary>Source service-user: the calling AE title is not recognized.</summary>
    public const byte UserCallingAeTitleNotRecognized = 3;
    /// <summary>Source service-user: the called AE title is not recognized.</summary>
    public const byte UserCalledAeTitleNotRecognized = 7;
    /// <summary>Source service-provider, ACSE: no reason given.</summary>
    public const byte AcseNoReason = 1;
    /// <summary>Source service-provider, ACSE: the protocol version is not supported.</summary>
    public const byte AcseProtocolVersionNotSupported = 2;
    /// <summary>Source service-provider, presentation: temporary congestion.</summary>
    public const byte PresentationTemporaryCongestion = 1;
    /// <summary>Source service-provider, presentation: the local limit is exceeded.</summary>
    public const byte PresentationLocalLimitExceeded = 2;

    /// <summary>The standard's words for a reason, as <c>calling-AE-title-not-recognized</c>; else <c>reserved (n)</c>.</summary>
    public static string Describe(RejectSource source, byte reason) => (source, reason) switch
    {
        (RejectSource.ServiceUser, UserNoReason) or (RejectSource.ServiceProviderAcse, AcseNoReason) => "no-reason-given",
        (RejectSource.ServiceUser, UserApplicationContextNotSupported) => "application-context-name-not-supported",
        (RejectSource.ServiceUser, UserCallingAeTitleNotRecognized) => "calling-AE-title-not-recognized",
        (RejectSource.ServiceUser, UserCalledAeTitleNotRecognized) => "called-AE-title-not-recognized",
        (RejectSource.ServiceProviderAcse, AcseProtocolVersionNotSupported) => "protocol-version-not-supported",
        (RejectSource.ServiceProviderPresentation, PresentationTemporaryCongestion) => "temporary-congestion",
        (RejectSource.ServiceProviderPresentation, PresentationLocalLimitExceeded) => "local-limit-exceeded",
        _ => $"reserved ({reason})",
    };
}
