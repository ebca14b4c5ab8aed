using Gantry.Worklist;

namespace Gantry.EmrSync.Mapping;

/// <summary>Which column of a result stands for what. Made once for each result.</summary>
internal sealed class OrderShape
{
    private readonly int[] _positions = [.. Enumerable.Repeat(-1, WorklistColumns.Count)];

    private OrderShape(IReadOnlyList<OrderColumn> columns)
    {
        Columns = columns;
        for (int index = 0; index < columns.Count; index++)
        {
            switch (columns[index].Use)
            {
                case ColumnUse.Value: _positions[(int)columns[index].Target] = index; break;
                case ColumnUse.EnglishName: EnglishName = index; break;
                case ColumnUse.ScheduledAt: ScheduledAt = index; break;
                case ColumnUse.Key: Key = index; break;
                case ColumnUse.ChangedAt: ChangedAt = index; break;
                case ColumnUse.Cancelled: Cancelled = index; break;
            }
        }
    }

    /// <summary>The columns in the order of the result.</summary>
    public IReadOnlyList<OrderColumn> Columns { get; }

    public int EnglishName { get; } = -1;

    public int ScheduledAt { get; } = -1;

    public int Key { get; } = -1;

    public int ChangedAt { get; } = -1;

    public int Cancelled { get; } = -1;

    /// <summary>Position of a worklist column's value; -1 if the query has none.</summary>
    public int this[WorklistColumn column] => _positions[(int)column];

    /// <summary>The columns of the worklist that this query describes.</summary>
    public IReadOnlyList<WorklistColumn> Described =>
    [
        .. WorklistColumns.All.Where(column => this[column] >= 0 || column
            is WorklistColumn.PatientName or WorklistColumn.ScheduledDate or WorklistColumn.ScheduledTime or WorklistColumn.PatientNameIdeographic
            or WorklistColumn.PatientNamePhonetic or WorklistColumn.PatientNameRomanized or WorklistColumn.ScheduledStationAet),
    ];

    /// <summary>Looks at the names of a result's columns.</summary>
    /// <exception cref="EmrSyncException">One is missing, unknown or there twice; the message names it.</exception>
    public static OrderShape Of(IReadOnlyList<string> names, SyncMode mode)
    {
        var columns = new List<OrderColumn>(names.Count);
        foreach (string name in names)
        {
            OrderColumn column = OrderColumns.Find(name.Trim()) ?? throw new EmrSyncException("columns",
                $"EmrSync:Orders has a result column '{name}', which is none that Gantry knows: name it with AS, or leave it out. "
                + $"Known are {string.Join(", ", OrderColumns.Names)}.");
            if (columns.Exists(other => other.Use == column.Use && other.Target == column.Target))
                throw new EmrSyncException("columns", $"EmrSync:Orders has two result columns for {column.Name}: leave one out.");
            columns.Add(column);
        }
        var shape = new OrderShape(columns);
        Require(shape[WorklistColumn.AccessionNumber], "accession_number");
        Require(shape[WorklistColumn.PatientId], "patient_id");
        Require(Math.Max(shape[WorklistColumn.PatientName], shape.EnglishName), "patient_name");
        Require(shape[WorklistColumn.Modality], "modality");
        if (shape.ScheduledAt < 0)
        {
            Require(shape[WorklistColumn.ScheduledDate], "scheduled_at (or scheduled_date and scheduled_time)");
            Require(shape[WorklistColumn.ScheduledTime], "scheduled_time");
        }
        if (mode == SyncMode.ChangedAt) Require(shape.ChangedAt, "changed_at, which it needs because it asks for @since");
        if (mode == SyncMode.Key) Require(shape.Key, "order_key, which it needs because it asks for @key");
        return shape;
    }

    private static void Require(int position, string name)
    {
        if (position < 0)
            throw new EmrSyncException("columns", $"EmrSync:Orders has no result column {name}: add it, with AS if the EMR's column has another name.");
    }
}
