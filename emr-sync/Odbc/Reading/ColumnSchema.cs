using System.Collections.ObjectModel;
using System.Data;
using System.Data.Common;
using System.Globalization;

namespace Gantry.Odbc.Reading;

/// <summary>A result's columns in ADO.NET's two forms.</summary>
internal static class ColumnSchema
{
    public static ReadOnlyCollection<DbColumn> Of(ResultColumn[] columns) =>
        new([.. columns.Select(static (column, ordinal) => new OdbcColumn(column, ordinal))]);

    public static DataTable TableOf(ResultColumn[] columns)
    {
        var table = new DataTable("SchemaTable") { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add(SchemaTableColumn.ColumnName, typeof(string));
        table.Columns.Add(SchemaTableColumn.ColumnOrdinal, typeof(int));
        table.Columns.Add(SchemaTableColumn.ColumnSize, typeof(int));
        table.Columns.Add(SchemaTableColumn.NumericPrecision, typeof(short));
        table.Columns.Add(SchemaTableColumn.NumericScale, typeof(short));
        table.Columns.Add(SchemaTableColumn.DataType, typeof(Type));
        table.Columns.Add("DataTypeName", typeof(string));
        table.Columns.Add(SchemaTableColumn.AllowDBNull, typeof(bool));
        table.Columns.Add(SchemaTableColumn.IsLong, typeof(bool));
        foreach (DbColumn column in Of(columns))
        {
            table.Rows.Add(column.ColumnName, column.ColumnOrdinal, column.ColumnSize, (short?)column.NumericPrecision, (short?)column.NumericScale,
                column.DataType, column.DataTypeName, column.AllowDBNull ?? true, column.IsLong ?? false);
        }
        return table;
    }

    private sealed class OdbcColumn : DbColumn
    {
        public OdbcColumn(ResultColumn column, int ordinal)
        {
            ColumnName = column.Name;
            ColumnOrdinal = ordinal;
            DataType = column.FieldType;
            DataTypeName = column.TypeName;
            AllowDBNull = column.IsNullable;
            ColumnSize = column.Size > 0 ? (int)column.Size : -1;
            IsLong = column.Kind is ColumnKind.Text or ColumnKind.Binary && column.Size is 0 or > 8000;
            if (column.Kind != ColumnKind.Decimal) return;
            NumericPrecision = (int)column.Size;
            NumericScale = column.Decimals;
        }
    }
}
