namespace Gantry.Worklist;

/// <summary>
/// Rows of a query, read one at a time from the store as they were when the query began. Dispose it to give its connection back;
/// a cursor held open for long disturbs nobody else. Not for use by several threads at once.
/// </summary>
public interface IWorklistCursor : IAsyncDisposable
{
    /// <summary>Goes to the next row; false after the last one.</summary>
    /// <exception cref="WorklistStoreException">The store could not be read.</exception>
    ValueTask<bool> ReadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The value as stored, UTF-8 (any bytes, if some program wrote such); empty for NULL and for columns not asked for.
    /// Valid until the next <see cref="ReadAsync"/> or disposal.
    /// </summary>
    ReadOnlySpan<byte> this[WorklistColumn column] { get; }
}
