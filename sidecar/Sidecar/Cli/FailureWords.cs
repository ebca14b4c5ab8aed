using Gantry.Dicom;
using Gantry.Dicom.Network;
using Gantry.EmrSync;
using Gantry.Sidecar.Backup;
using Gantry.Sidecar.Settings;
using Gantry.Worklist;

namespace Gantry.Sidecar.Cli;

/// <summary>A step that failed for a reason of its own; the text says what and the way out.</summary>
internal sealed class StepFailedException(string phase, string message) : Exception(message)
{
    public string Phase { get; } = phase;
}

/// <summary>Says in which phase something failed, why, and what may help.</summary>
internal static class FailureWords
{
    /// <summary>Phase and sentence; null for what nobody foresaw.</summary>
    public static (string Phase, string Message)? Of(Exception failure) => failure switch
    {
        StepFailedException own => (own.Phase, own.Message),
        AssociationRejectedException rejected => ("associate", $"{Sentence(rejected.Message)} {Hint(rejected)}".TrimEnd()),
        DicomNetworkException network =>
            (PhaseName(network.Phase), $"{Sentence(network.Message)} {Hint(network.Phase)}".TrimEnd()),
        DimseException answer => ("answer", Sentence(Refusal(answer.Response))),
        DicomFormatException format => ("answer", Sentence($"The peer sent what is not DICOM: {format.Message}")),
        EmrSyncException emr => (emr.Phase, Sentence(emr.Message)),
        WorklistStoreException store => ("store", Sentence(store.Message)),
        BackupException backup => ("backup", Sentence(backup.Message)),
        SettingsException settings => ("settings", settings.Message),
        ArgumentException argument => ("options", Sentence(WithoutParameter(argument))),
        _ => null,
    };

    /// <summary>The response, if the operation was done.</summary>
    /// <exception cref="DimseException">It was refused.</exception>
    public static DimseResponse Done(this DimseResponse response) =>
        response.IsSuccess ? response : throw new DimseException(response);

    /// <summary>A warning in the response as words; null for plain success.</summary>
    public static string? Warning(DimseResponse response) => response.Status == DimseStatus.Success
        ? null : $"warning 0x{response.Status:X4}{(response.ErrorComment is { } comment ? $": {comment}" : "")}";

    private static string Refusal(DimseResponse response)
    {
        var words = response.Status switch
        {
            DimseStatus.DuplicateSopInstance => " (duplicate SOP instance)",
            DimseStatus.ProcessingFailure => " (processing failure)",
            DimseStatus.NoSuchSopInstance => " (no such SOP instance)",
            DimseStatus.MissingAttribute => " (missing attribute)",
            DimseStatus.MissingAttributeValue => " (missing attribute value)",
            DimseStatus.InvalidAttributeValue => " (invalid attribute value)",
            DimseStatus.SopClassNotSupported => " (SOP class not supported)",
            DimseStatus.NotAuthorized => " (not authorized)",
            DimseStatus.UnrecognizedOperation => " (unrecognized operation)",
            >= 0xA700 and <= 0xA7FF => " (out of resources)",
            >= 0xA900 and <= 0xA9FF => " (data set does not match the SOP class)",
            >= 0xC000 and <= 0xCFFF => " (unable to process)",
            _ => "",
        };
        var attributes =
            response.OffendingElements.Count > 0 ? $"; attributes {string.Join(", ", response.OffendingElements)}" : "";
        return $"The peer answered with status 0x{response.Status:X4}{words}"
            + $"{(string.IsNullOrEmpty(response.ErrorComment) ? "" : $": {response.ErrorComment}")}{attributes}";
    }

    private static string PhaseName(NetworkPhase phase) => phase switch
    {
        NetworkPhase.Resolve => "resolve",
        NetworkPhase.Listen => "listen",
        NetworkPhase.Connect => "connect",
        NetworkPhase.Tls => "tls",
        NetworkPhase.Associate => "associate",
        NetworkPhase.Send => "send",
        NetworkPhase.AwaitReply => "await reply",
        NetworkPhase.Release => "release",
    };

    private static string Hint(NetworkPhase phase) => phase switch
    {
        NetworkPhase.Resolve => "Check the host name.",
        NetworkPhase.Connect => "Check that it runs, and host and port.",
        NetworkPhase.Tls => "Check that both sides use TLS, and the --tls files.",
        NetworkPhase.Listen or NetworkPhase.Associate or NetworkPhase.Send or NetworkPhase.AwaitReply or NetworkPhase.Release =>
            "",
    };

    private static string Hint(AssociationRejectedException rejected) => (rejected.RejectSource, rejected.Reason) switch
    {
        (RejectSource.ServiceUser, RejectReasons.UserCalledAeTitleNotRecognized) => "Give the AE title that it goes by.",
        (RejectSource.ServiceUser, RejectReasons.UserCallingAeTitleNotRecognized) =>
            "Give a --calling AE title that it knows, or list ours there.",
        _ => "",
    };

    // "(Parameter 'x')" speaks of our code, not of what was typed
    private static string WithoutParameter(ArgumentException argument) =>
        argument.Message.Replace($" (Parameter '{argument.ParamName}')", "", StringComparison.Ordinal);

    private static string Sentence(string text) => text.TrimEnd().EndsWith('.') ? text.TrimEnd() : text.TrimEnd() + ".";
}
