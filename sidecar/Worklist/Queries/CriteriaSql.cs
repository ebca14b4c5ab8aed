using System.Collections.Concurrent;
using Gantry.Worklist.Engines;

namespace Gantry.Worklist.Queries;

/// <summary>Takes the values of a statement's parameters.</summary>
internal delegate void BindValues(ReadOnlySpan<SqlValue> values);

/// <summary>The statement for a shape of criteria, and where each column stands in its rows.</summary>
internal sealed class CriteriaSql
{
    // Shapes come from what peers ask, so there could be many; past this many the oldest texts are made anew.
    private const int MaximumShapes = 512;

    private static readonly ConcurrentDictionary<CriteriaShape, CriteriaSql> Known = new();

    private readonly CriteriaShape _shape;
    private readonly sbyte[] _positions;

    private CriteriaSql(CriteriaShape shape)
    {
        _shape = shape;
        _positions = new sbyte[WorklistColumns.Count];
        Array.Fill(_positions, (sbyte)-1);
        var columns = new List<WorklistColumn>
        {
            WorklistColumn.ScheduledDate, WorklistColumn.ScheduledTime, WorklistColumn.AccessionNumber,
        };
        foreach (WorklistColumn column in WorklistColumns.All)
            if ((shape.Columns & 1UL << (int)column) != 0 && !columns.Contains(column)) columns.Add(column);
        for (int i = 0; i < columns.Count; i++) _positions[(int)columns[i]] = (sbyte)i;
        Text = new CriteriaText(shape, columns).ToString();
    }

    /// <summary>The statement's text; the same reference for the same shape.</summary>
    public string Text { get; }

    public static CriteriaSql For(WorklistCriteria criteria)
    {
        CriteriaShape shape = CriteriaShape.Of(criteria);
        if (Known.TryGetValue(shape, out CriteriaSql? known)) return known;
        if (Known.Count >= MaximumShapes) Known.Clear();
        return Known.GetOrAdd(shape, static made => new CriteriaSql(made));
    }

    /// <summary>Where the column stands in a row; -1 if it was not asked for.</summary>
    public int PositionOf(WorklistColumn column) => _positions[(int)column];

    /// <summary>Hands over the values in the order of the parameters.</summary>
    public void Bind(WorklistCriteria criteria, BindValues bind)
    {
        var values = new List<SqlValue>(8);
        Add(criteria.DateFrom);
        Add(criteria.DateTo);
        Add(criteria.AccessionNumber);
        Add(criteria.PatientId);
        Add(criteria.RequestedProcedureId);
        Add(criteria.ScheduledStepId);
        AddPadded(criteria.Modalities, _shape.Modalities);
        AddPadded(criteria.StudyInstanceUids, _shape.Studies);
        bind(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(values));

        void Add(string? value)
        {
            if (value is not null) values.Add(value);
        }

        void AddPadded(IReadOnlyList<string>? list, int count)
        {
            for (int i = 0; i < count; i++) values.Add(list![Math.Min(i, list.Count - 1)]);
        }
    }
}
