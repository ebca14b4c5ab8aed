using Gantry.Sidecar.Hosting;
using Gantry.Worklist;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantry.Sidecar.Tests.Hosting;

/// <summary>What the log says of an exception.</summary>
public sealed class LineLoggingTests
{
    [Fact]
    public void What_the_store_refuses_is_one_line_and_what_nobody_foresaw_tells_where_it_was()
    {
        Assert.EndsWith("could not be stored: The disk is full.\n", Written(new WorklistStoreException(WorklistStoreFailure.DiskFull, "The disk is full.")), StringComparison.Ordinal);
        Assert.Contains("   at ", Written(new WorklistStoreException(WorklistStoreFailure.Other, "Something.")), StringComparison.Ordinal);
        Assert.Contains("   at ", Written(new InvalidOperationException("Something.")), StringComparison.Ordinal);
    }

    private static string Written(Exception error)
    {
        try
        {
            throw error;
        }
        catch (Exception thrown) when (ReferenceEquals(thrown, error))
        {
            // Now it knows where it was thrown
        }
        using var text = new StringWriter { NewLine = "\n" };
        new LineLogging(TimeProvider.System).Write(new LogEntry<string>(LogLevel.Error, "Gantry", 3304, "step 1.2.3 could not be stored", error, (state, _) => state), null, text);
        return text.ToString();
    }
}
