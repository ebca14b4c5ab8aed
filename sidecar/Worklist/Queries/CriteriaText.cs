using System.Globalization;

namespace Gantry.Worklist.Queries;

/// <summary>
/// Writes the SELECT for a shape so that an index gives the rows in order and nothing is sorted:
/// <code>
/// accession / study / step / procedure / patient given   that index; the other conditions are hidden from the planner, few rows
/// are sorted
/// statuses x modalities                                  one SELECT for each pair, merged:  (status, modality, date, time,
/// accession)
/// statuses alone                                         one SELECT for each, merged:       (status, date, time, accession)
/// modalities alone, or nothing                           in order of                        (date, time, accession, modality)
/// </code>
/// A condition is hidden from the planner by coalesce(column, ''), which both engines know.
/// </summary>
internal sealed class CriteriaText
{
    // Merging more than this many ordered lists costs more than it saves.
    private const int MaximumArms = 8;

    private readonly CriteriaShape _shape;
    private readonly string _columns;
    private readonly Dictionary<CriteriaKeys, string> _parameters = [];
    private readonly string[] _modalities;
    private readonly string[] _studies;
    private readonly string[] _statuses;

    public CriteriaText(CriteriaShape shape, IReadOnlyList<WorklistColumn> columns)
    {
        _shape = shape;
        _columns = string.Join(", ", columns.Select(static column => column.SqlName()));
        int number = 0;
        foreach (CriteriaKeys key in Enum.GetValues<CriteriaKeys>())
            if (key != CriteriaKeys.None && shape.Keys.HasFlag(key)) _parameters.Add(key, Next());
        _modalities = [.. Enumerable.Range(0, shape.Modalities).Select(_ => Next())];
        _studies = [.. Enumerable.Range(0, shape.Studies).Select(_ => Next())];
        _statuses = [.. OrderStatuses.All
            .Where(status => (shape.Statuses & 1 << (int)status) != 0).Select(static status => $"'{status.ToText()}'")];

        string Next() => "$" + (++number).ToString(CultureInfo.InvariantCulture);
    }

    public override string ToString() =>
        string.Join(" UNION ALL ", Arms()) + " ORDER BY scheduled_date NULLS FIRST, scheduled_time NULLS FIRST, accession_number";

    private IEnumerable<string> Arms()
    {
        if (SelectiveConditions() is { } selective)
            return
            [
                Arm([.. selective, .. Hidden("status", _statuses), .. Hidden("modality", _modalities), .. Dates(hidden: true)]),
            ];

        // A repeated value would list its rows twice, so the same parameter twice is one arm with a list.
        bool merged = _statuses.Length > 0 && _statuses.Length * Math.Max(1, _modalities.Length) <= MaximumArms;
        if (!merged) return [Arm([.. Hidden("status", _statuses), .. Hidden("modality", _modalities), .. Dates(hidden: false)])];
        if (_modalities.Length == 0) return _statuses.Select(status => Arm([$"status = {status}", .. Dates(hidden: false)]));
        return _statuses.SelectMany(_ => _modalities, (status, modality) =>
            Arm([$"status = {status}", $"modality = {modality}", .. NotEarlier(modality), .. Dates(hidden: false)]));
    }

    /// <summary>
    /// Padding repeats the last modality, and a modality may be asked for twice: each arm leaves out what an earlier arm lists.
    /// </summary>
    private IEnumerable<string> NotEarlier(string modality) =>
        _modalities.TakeWhile(other => other != modality).Select(earlier => $"{modality} <> {earlier}");

    /// <summary>The most selective key in the open, further ones hidden; null if there is none.</summary>
    private List<string>? SelectiveConditions()
    {
        var conditions = new List<string>();
        Add(CriteriaKeys.Accession, "accession_number");
        if (_studies.Length > 0)
            conditions.Add($"{Shown("study_instance_uid")} IN ({string.Join(", ", _studies)})");
        Add(CriteriaKeys.ScheduledStep, "scheduled_step_id");
        Add(CriteriaKeys.RequestedProcedure, "requested_procedure_id");
        Add(CriteriaKeys.Patient, "patient_id");
        return conditions.Count == 0 ? null : conditions;

        void Add(CriteriaKeys key, string column)
        {
            if (_parameters.TryGetValue(key, out string? parameter)) conditions.Add($"{Shown(column)} = {parameter}");
        }

        string Shown(string column) => conditions.Count == 0 ? column : $"coalesce({column}, '')";
    }

    private static IEnumerable<string> Hidden(string column, string[] values) =>
        values.Length == 0 ? [] : [$"coalesce({column}, '') IN ({string.Join(", ", values)})"];

    private IEnumerable<string> Dates(bool hidden)
    {
        string column = hidden ? "coalesce(scheduled_date, '')" : "scheduled_date";
        // Hidden, an unknown date reads as '', which must not pass for an early one.
        if (_parameters.TryGetValue(CriteriaKeys.DateFrom, out string? from)) yield return $"{column} >= {from}";
        if (_parameters.TryGetValue(CriteriaKeys.DateTo, out string? to))
            yield return hidden ? $"{column} <= {to} AND scheduled_date IS NOT NULL" : $"{column} <= {to}";
    }

    private string Arm(IReadOnlyList<string> conditions) =>
        $"SELECT {_columns} FROM worklist_items" + (conditions.Count == 0 ? "" : " WHERE " + string.Join(" AND ", conditions));
}
