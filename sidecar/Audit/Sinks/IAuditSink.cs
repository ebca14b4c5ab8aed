namespace Gantry.Audit.Sinks;

/// <summary>A place that messages go to. What cannot be written throws, and is given again.</summary>
internal interface IAuditSink : IAsyncDisposable
{
    /// <summary>The folder or the address, for people.</summary>
    string Place { get; }

    /// <summary>Writes messages, a line of XML each.</summary>
    Task WriteAsync(IReadOnlyList<string> messages, CancellationToken cancellationToken);
}
