using System.Globalization;
using Gantry.EmrSync.Mapping;
using Gantry.Odbc;
using Gantry.Worklist;

namespace Gantry.EmrSync.Reading;

/// <summary>The rows of one run of the query for orders, as they stream in.</summary>
internal sealed class OrderReader : IAsyncDisposable
{
    private readonly OdbcConnection _connection;
    private readonly OdbcCommand _command;
    private readonly OdbcDataReader _reader;
    private readonly EmrSyncOptions _options;
    private readonly RowHash _hash;
    private readonly DateTime _latest;
    private int _number;

    private OrderReader(OdbcConnection connection, OdbcCommand command, OdbcDataReader reader, EmrSyncOptions options,
        string settings, DateTime latest)
    {
        (_connection, _command, _reader, _options, _latest) = (connection, command, reader, options, latest);
        string[] names = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
        Shape = OrderShape.Of(names, options.EffectiveMode);
        _hash = new RowHash(Shape, settings);
    }

    public OrderShape Shape { get; }

    /// <summary>The newest <c>changed_at</c> read so far.</summary>
    public DateTime? NewestChange { get; private set; }

    /// <summary>The highest whole number among the keys read so far.</summary>
    public long? HighestKey { get; private set; }

    /// <summary>Runs the query.</summary>
    /// <param name="emr">Connections to the EMR.</param>
    /// <param name="options">The query.</param>
    /// <param name="window">What it asks for.</param>
    /// <param name="settings">Goes into the hash of each row.</param>
    /// <param name="latest">A <c>changed_at</c> after this comes from a clock that is wrong, and does not count as the newest.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="EmrSyncException">The EMR cannot be reached, refuses the query, or answers with other columns.</exception>
    public static async Task<OrderReader> OpenAsync(
        OdbcDataSource emr, EmrSyncOptions options, QueryWindow window, string settings, DateTime latest,
        CancellationToken cancellationToken)
    {
        OdbcConnection connection = await ConnectAsync(emr, cancellationToken).ConfigureAwait(false);
        OdbcCommand? command = null;
        try
        {
            command = new OdbcCommand(options.Orders, connection) { CommandTimeout = options.CommandTimeoutSeconds };
            window.Bind(command, options);
            OdbcDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            return new OrderReader(connection, command, reader, options, settings, latest);
        }
        catch (Exception failure)
        {
            if (command is not null) await command.DisposeAsync().ConfigureAwait(false);
            await connection.DisposeAsync().ConfigureAwait(false);
            throw failure switch
            {
                OdbcException refused => EmrSyncException.Of("query", refused),
                InvalidOperationException wrong => new EmrSyncException("query",
                    $"EmrSync:Orders cannot be used: {wrong.Message} The parameters are @since, @key, @from_date and @to_date.", wrong),
                _ => failure,
            };
        }
    }

    /// <summary>The next rows; none at the end.</summary>
    /// <exception cref="EmrSyncException">The answer broke off.</exception>
    public async Task<List<EmrRow>> ReadAsync(int take, CancellationToken cancellationToken)
    {
        var rows = new List<EmrRow>(take);
        try
        {
            while (rows.Count < take && await _reader.ReadAsync(cancellationToken).ConfigureAwait(false)) rows.Add(Row());
        }
        catch (OdbcException failure)
        {
            throw EmrSyncException.Of("read", failure);
        }
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _reader.DisposeAsync().ConfigureAwait(false);
        }
        catch (OdbcException)
        {
            // Who reads was told already; the connection is not used again
        }
        await _command.DisposeAsync().ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task<OdbcConnection> ConnectAsync(OdbcDataSource emr, CancellationToken cancellationToken)
    {
        try
        {
            return await emr.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OdbcException refused)
        {
            throw EmrSyncException.Of("connect", refused);
        }
    }

    private EmrRow Row()
    {
        var values = new object?[Shape.Columns.Count];
        for (int index = 0; index < values.Length; index++) values[index] = Cell(index);
        string hash = _hash.Of(values);
        string accession = CellText.Of(values[Shape[WorklistColumn.AccessionNumber]]) ?? "";
        if (LegalValue.Problem(WorklistColumn.AccessionNumber, accession) is not null) accession = "";
        string key = Shape.Key >= 0 ? CellText.Of(values[Shape.Key]) ?? "" : accession;
        Track(values, key);
        return new EmrRow(++_number, key.Length > 0 ? key : accession.Length > 0 ? accession : $"row-{hash[..12]}", accession, hash, values);
    }

    private void Track(object?[] values, string key)
    {
        if (Shape.ChangedAt >= 0 && ChangedAt(values[Shape.ChangedAt]) is { } changed && changed <= _latest && !(changed <= NewestChange))
            NewestChange = changed;
        if (Shape.Key < 0) return;
        if (long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
        {
            if (!(number <= HighestKey)) HighestKey = number;
        }
        else if (_options.EffectiveMode == SyncMode.Key)
        {
            throw new EmrSyncException("columns",
                "order_key is not a whole number in some row, but the query asks for @key, which counts up: use @since, or neither.");
        }
    }

    private DateTime? ChangedAt(object? cell) => _options.ChangedAtFormat.Length == 0 ? CellText.Moment(cell)
        : DateTime.TryParseExact(CellText.Of(cell), _options.ChangedAtFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time)
            ? time : null;

    private object? Cell(int index)
    {
        try
        {
            return _reader.GetValue(index);
        }
        catch (InvalidCastException)
        {
            // A value that .NET cannot hold; some can still be had as text
        }
        try
        {
            return _reader.GetString(index);
        }
        catch (InvalidCastException)
        {
            return UnreadableCell.Instance;
        }
    }
}
