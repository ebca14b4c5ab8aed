using Gantry.Worklist;

namespace Gantry.Sidecar.Mwl;

/// <summary>A date key on a column that stands alone, such as the birth date.</summary>
internal sealed class DateKey(WorklistColumn column, DateRange dates) : RowKey
{
    public override IEnumerable<WorklistColumn> Columns => [column];

    public override bool Matches(IWorklistCursor row) =>
        RowTime.TryReadDate(row[column], out var date)
        && (dates.From is null || date >= dates.From) && (dates.To is null || date <= dates.To);
}
