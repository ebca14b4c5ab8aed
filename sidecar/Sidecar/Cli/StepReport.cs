using System.Globalization;
using Spectre.Console;

namespace Gantry.Sidecar.Cli;

/// <summary>
/// Times the steps of a command and shows each when it is over. A step that fails is shown with its phase, and comes out as
/// <see cref="StepReportedException"/>, so that what depends on it is not tried.
/// </summary>
/// <param name="console">Where steps are shown; null shows nothing.</param>
/// <param name="time">The clock.</param>
/// <param name="canOverwrite">True where progress may write over itself.</param>
internal sealed class StepReport(IAnsiConsole? console, TimeProvider time, bool canOverwrite = false)
{
    private readonly List<StepResult> _steps = [];
    private int _progressLength;

    /// <summary>What was done so far.</summary>
    public IReadOnlyList<StepResult> Steps => _steps;

    /// <summary>True if a step failed or was stopped.</summary>
    public bool HasFailed => _steps.Any(step => step.Outcome is "failed" or "stopped");

    /// <summary>Does a step.</summary>
    /// <param name="name">What it does.</param>
    /// <param name="work">The work.</param>
    /// <param name="detail">What came of it, in words.</param>
    /// <param name="cancellationToken">What the work watches; whatever it throws once that is cancelled is a stop.</param>
    /// <param name="isLeftOut">True for a result that means it could not be done and need not be; null if there is none.</param>
    /// <exception cref="StepReportedException">It failed, and was reported.</exception>
    /// <exception cref="OperationCanceledException">It was stopped, and that was reported.</exception>
    public async Task<T> RunAsync<T>(
        string name, Func<Task<T>> work, Func<T, string?> detail, CancellationToken cancellationToken,
        Func<T, bool>? isLeftOut = null)
    {
        var start = time.GetTimestamp();
        try
        {
            var result = await work();
            Note(new(name, isLeftOut?.Invoke(result) == true ? "skipped" : "ok", null, Elapsed(start), detail(result)));
            return result;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            Note(new(name, "stopped", null, Elapsed(start), "Stopped by you."));
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception failure) when (FailureWords.Of(failure) is { } words)
        {
            Note(new(name, "failed", words.Phase, Elapsed(start), words.Message));
            throw new StepReportedException();
        }
    }

    /// <summary>A step that failed.</summary>
    public StepReportedException Fail(string name, string phase, string message)
    {
        Note(new(name, "failed", phase, 0, message));
        return new StepReportedException();
    }

    /// <summary>Says how far a step has come, where somebody watches; the next line takes its place.</summary>
    public void Progress(string text)
    {
        if (console is null || !canOverwrite) return;
        console.Profile.Out.Writer.Write($"\r  {text.PadRight(_progressLength)}");
        _progressLength = text.Length;
    }

    private void Note(StepResult step)
    {
        _steps.Add(step);
        if (console is null) return;
        if (_progressLength > 0) console.Profile.Out.Writer.Write($"\r{new string(' ', _progressLength + 2)}\r");
        _progressLength = 0;
        var (word, colour) = step.Outcome switch
        {
            "ok" => ("ok", "green"),
            "skipped" => ("skip", "yellow"),
            "stopped" => ("stop", "yellow"),
            _ => ("FAILED", "red"),
        };
        var phase = step.Phase is null ? "" : $"[{step.Phase}] ";
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture,
            $"  [{colour}]{word,-6}[/] {step.Name,-22} {step.Milliseconds,7:0} ms  {phase}{Terminal.Plain(step.Detail ?? "")}");
    }

    private double Elapsed(long start) => Math.Round(time.GetElapsedTime(start).TotalMilliseconds, 1);
}

/// <summary>A step failed and was reported; nobody needs to be told again.</summary>
internal sealed class StepReportedException : Exception;
