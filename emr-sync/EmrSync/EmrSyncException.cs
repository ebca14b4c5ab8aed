using Gantry.Odbc;

namespace Gantry.EmrSync;

/// <summary>The EMR cannot be synced with. The message is a sentence that says what to change, without patient data.</summary>
public sealed class EmrSyncException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="phase">connect, query, columns, read or compare.</param>
    /// <param name="message">What is wrong and what to change.</param>
    /// <param name="inner">What the driver said.</param>
    public EmrSyncException(string phase, string message, Exception? inner = null)
        : base(message, inner) => Phase = phase;

    /// <summary>Where it failed: connect, query, columns, read or compare.</summary>
    public string Phase { get; }

    /// <summary>A driver's refusal as a sentence.</summary>
    /// <remarks>What a server says while it reads rows may quote a row, so it is left out there.</remarks>
    internal static EmrSyncException Of(string phase, OdbcException failure)
    {
        string said = failure.Errors.Count == 0 ? failure.Message
            : phase == "read" ? $"[{failure.SqlState}]" : $"[{failure.SqlState}] {failure.Errors[0].Message.Trim()}";
        string what = phase switch
        {
            "connect" => "The EMR cannot be reached",
            "query" => "The EMR refuses the query of EmrSync:Orders",
            _ => "The EMR stopped in the middle of its answer",
        };
        string advice = failure.Advice ?? (phase == "read"
            ? "The next sync tries again; if it fails again, look for a row of a wrong type in the EMR's own log."
            : phase == "query" ? "Correct the SQL." : "Correct EMR_DSN, or EMR_SERVER and the names beside it.");
        return new EmrSyncException(phase, $"{what}: {said.TrimEnd('.')}. {advice}", failure);
    }
}
