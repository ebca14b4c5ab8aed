using Gantry.EmrSync.Mapping;
using Gantry.EmrSync.Names;
using Gantry.EmrSync.Reading;
using Gantry.Odbc;
using Gantry.Worklist;

namespace Gantry.EmrSync.Sync;

/// <summary>A row of the EMR as the worklist would have it.</summary>
/// <param name="Row">Its place in the result, from 1.</param>
/// <param name="Key">The EMR's key of the order.</param>
/// <param name="Item">The order; null if it is cancelled or cannot become one.</param>
/// <param name="IsCancelled">True if the EMR cancelled it.</param>
/// <param name="Problem">Column and why it cannot become an order; null if it can.</param>
/// <param name="Mended">What would be cut or left out, as column and why.</param>
public sealed record CheckedRow(
    int Row, string Key, WorklistItem? Item, bool IsCancelled, string? Problem, IReadOnlyList<string> Mended);

/// <summary>What looking at the EMR found.</summary>
/// <param name="Rows">Rows read.</param>
/// <param name="IsCut">True if there are more rows than were looked at.</param>
/// <param name="Live">Orders that modalities would be shown.</param>
/// <param name="Cancelled">Orders that the EMR cancelled.</param>
/// <param name="First">The first rows that would be shown.</param>
/// <param name="Wrong">The first rows that will not work, or only mended.</param>
/// <param name="Unusable">How many rows cannot become orders.</param>
public sealed record CheckResult(
    int Rows, bool IsCut, int Live, int Cancelled, IReadOnlyList<CheckedRow> First, IReadOnlyList<CheckedRow> Wrong, int Unusable);

/// <summary>Looks at the EMR as a sync would, and writes nothing.</summary>
public sealed class OrderCheck(EmrSyncOptions options, INameWriter names, TimeProvider time) : IAsyncDisposable
{
    private const int MostRows = 100_000;
    private const int RowsAtOnce = 500;

    private readonly OdbcDataSource _emr = new(options.ConnectionString,
        new OdbcDataSourceOptions { MaximumConnections = 1, ConnectTimeout = options.ConnectTimeout }, time);

    /// <summary>Connects.</summary>
    /// <exception cref="EmrSyncException">The EMR cannot be reached.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            OdbcConnection connection = await _emr.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await connection.DisposeAsync().ConfigureAwait(false);
        }
        catch (OdbcException refused)
        {
            throw EmrSyncException.Of("connect", refused);
        }
    }

    /// <summary>Runs the query for the whole window and looks at every row.</summary>
    /// <param name="show">How many rows to show of each kind.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EmrSyncException">The query or its columns cannot be used.</exception>
    public async Task<CheckResult> RunAsync(int show, CancellationToken cancellationToken)
    {
        DateOnly today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        OrderReader reader = await OrderReader.OpenAsync(
            _emr, options, QueryWindow.Whole(options, today), "check", DateTime.MaxValue, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var mapper = new OrderMapper(reader.Shape, names, options.StationAet);
            var claims = new Dictionary<string, string>(StringComparer.Ordinal);
            var first = new List<CheckedRow>();
            var wrong = new List<CheckedRow>();
            int read = 0, live = 0, cancelled = 0, unusable = 0;
            while (read < MostRows && await reader.ReadAsync(RowsAtOnce, cancellationToken).ConfigureAwait(false) is { Count: > 0 } rows)
            {
                foreach (EmrRow row in rows)
                {
                    read++;
                    MappedRow mapped = mapper.Map(row);
                    string? problem = mapped.Reason;
                    if (mapped.State == EmrOrderState.Live && !claims.TryAdd(row.AccessionNumber, row.Key))
                        problem = $"accession_number is that of another row too (order_key {claims[row.AccessionNumber]}): neither would be shown";
                    var checkedRow = new CheckedRow(
                        row.Number, row.Key, mapped.Item, mapped.State == EmrOrderState.Cancelled, problem, mapped.Mended);
                    if (problem is not null) unusable++;
                    else if (checkedRow.IsCancelled) cancelled++;
                    else live++;
                    if (problem is null && mapped.Item is not null && first.Count < show) first.Add(checkedRow);
                    if ((problem is not null || mapped.Mended.Count > 0) && wrong.Count < show) wrong.Add(checkedRow);
                }
            }
            return new CheckResult(read, read >= MostRows, live, cancelled, first, wrong, unusable);
        }
    }

    /// <summary>Closes the connection.</summary>
    public ValueTask DisposeAsync() => _emr.DisposeAsync();
}
