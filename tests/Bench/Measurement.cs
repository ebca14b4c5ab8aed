using System.Text.Json;

namespace Gantry.Bench;

/// <summary>What the load client measured in one run.</summary>
internal sealed record Measurement
{
    /// <summary>Operations per second: queries, pairs of N-CREATE and N-SET, or associations.</summary>
    public double PerSecond { get; init; }

    /// <summary>Pending responses per second.</summary>
    public double AnswersPerSecond { get; init; }

    /// <summary>Median of an operation, in microseconds.</summary>
    public double MedianMicroseconds { get; init; }

    public long Operations { get; init; }

    /// <summary>What went wrong; empty if all operations succeeded with the expected number of answers.</summary>
    public string Error { get; init; } = "";

    public static Measurement Of(JsonElement json)
    {
        var errors = json.GetProperty("errors").GetInt64();
        var mismatches = json.GetProperty("mismatches").GetInt64();
        return new Measurement
        {
            PerSecond = json.GetProperty("ops_per_s").GetDouble(),
            AnswersPerSecond = json.GetProperty("pending_per_s").GetDouble(),
            MedianMicroseconds = json.GetProperty("p50_us").GetDouble(),
            Operations = json.GetProperty("ops").GetInt64(),
            Error = errors > 0 ? json.GetProperty("error").GetString() ?? "failed"
                : mismatches > 0 ? $"{mismatches} queries had another number of answers" : "",
        };
    }
}
