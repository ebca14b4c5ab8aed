namespace Gantry.Worklist.Schema;

/// <summary>
/// Values as every client can ask for them: programs whose columns are CHAR(n) pad them with blanks, and some write <c>Mg</c> or
/// <c>FEMALE</c>. The columns listed are those that a query or a performed step finds an order by. Used by
/// <see cref="Version3"/>; once released it is never changed.
/// </summary>
/// <param name="Trim">A column without blanks, tabs and line ends around its text.</param>
/// <param name="Upper">Text in capital letters.</param>
/// <param name="Differs">Compares two values, NULL being one of them.</param>
internal sealed record TidyColumns(Func<string, string> Trim, Func<string, string> Upper, string Differs)
{
    public static readonly IReadOnlyList<string> Ids = ["study_instance_uid", "requested_procedure_id", "scheduled_step_id"];

    private static readonly string[] Plain =
        ["patient_id", "patient_birth_date", "scheduled_date", "scheduled_time", "scheduled_station_aet"];

    /// <summary>Bytes that some program wrote in place of text stay as they are, to be seen and mended by somebody.</summary>
    public static TidyColumns Sqlite { get; } = new(
        static value => $"CASE WHEN typeof({value}) = 'text' THEN trim({value}, char(9, 10, 13, 32)) ELSE {value} END",
        static value => $"CASE WHEN typeof({value}) = 'text' THEN upper({value}) ELSE {value} END", "IS NOT");

    public static TidyColumns Postgres { get; } = new(
        static value => $"btrim({value}, E' \\t\\n\\r')", static value => $"upper({value})", "IS DISTINCT FROM");

    /// <summary>Every column but the accession number, which is a key and so a case of its own.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Ids, .. Plain, "modality", "patient_sex"];

    /// <summary>The tidy value of a column; one of an id may be empty.</summary>
    /// <param name="prefix">What stands before the column's name, for example <c>NEW.</c>.</param>
    /// <param name="column">The column's name.</param>
    public string Of(string prefix, string column)
    {
        string trimmed = Trim(prefix + column);
        return column switch
        {
            "modality" => Upper(trimmed),
            "patient_sex" => $"CASE upper({trimmed}) WHEN 'MALE' THEN 'M' WHEN 'FEMALE' THEN 'F' WHEN 'OTHER' THEN 'O' "
                + $"WHEN 'M' THEN 'M' WHEN 'F' THEN 'F' WHEN 'O' THEN 'O' ELSE {trimmed} END",
            _ => trimmed,
        };
    }

    /// <summary>The accession number without blanks around it; one of nothing but blanks stays, for it is the key.</summary>
    public string AccessionNumber(string prefix) =>
        $"coalesce(nullif({Trim(prefix + "accession_number")}, ''), {prefix}accession_number)";

    /// <summary>True of a row in which a column is not tidy.</summary>
    public string IsUntidy(string prefix) =>
        string.Join(" OR ", All.Select(column => $"{prefix}{column} {Differs} {Of(prefix, column)}"));
}
