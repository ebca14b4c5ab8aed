using System.Collections.Frozen;
using System.Text;
using Gantry.Worklist;

namespace Gantry.Sidecar.Mwl;

/// <summary>The names of the store's columns as its users see them: <c>accession_number</c>.</summary>
internal static class ColumnNames
{
    private static readonly FrozenDictionary<WorklistColumn, string> Names =
        Enum.GetValues<WorklistColumn>().ToFrozenDictionary(column => column, ToSnakeCase);

    public static string Of(WorklistColumn column) => Names[column];

    private static string ToSnakeCase(WorklistColumn column)
    {
        var name = new StringBuilder();
        foreach (var letter in column.ToString())
        {
            if (char.IsUpper(letter) && name.Length > 0) name.Append('_');
            name.Append(char.ToLowerInvariant(letter));
        }

        return name.ToString();
    }
}
