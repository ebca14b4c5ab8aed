using System.Collections.Frozen;
using Gantry.Worklist;

namespace Gantry.EmrSync.Mapping;

/// <summary>What a result column of the query for orders is.</summary>
internal enum ColumnUse
{
    /// <summary>A value of the worklist's order.</summary>
    Value,

    /// <summary>The patient's name in Latin letters.</summary>
    EnglishName,

    /// <summary>Date and time of the exam in one.</summary>
    ScheduledAt,

    /// <summary>The EMR's key of the order.</summary>
    Key,

    /// <summary>When the row was changed last.</summary>
    ChangedAt,

    /// <summary>Whether the order is cancelled.</summary>
    Cancelled,
}

/// <summary>A result column of the query for orders.</summary>
internal sealed record OrderColumn(string Name, ColumnUse Use, WorklistColumn Target);

/// <summary>The result columns that <c>EmrSync:Orders</c> may have.</summary>
public static class OrderColumns
{
    private static readonly OrderColumn[] Own =
    [
        new("patient_name_english", ColumnUse.EnglishName, WorklistColumn.PatientNameRomanized),
        new("scheduled_at", ColumnUse.ScheduledAt, WorklistColumn.ScheduledDate),
        new("order_key", ColumnUse.Key, default),
        new("changed_at", ColumnUse.ChangedAt, default),
        new("cancelled", ColumnUse.Cancelled, default),
        new("station_aet", ColumnUse.Value, WorklistColumn.ScheduledStationAet),
        new("station_name", ColumnUse.Value, WorklistColumn.ScheduledStationName),
        new("location", ColumnUse.Value, WorklistColumn.ScheduledLocation),
    ];

    /// <summary>What the store keeps for itself, and what is made from the name.</summary>
    private static readonly WorklistColumn[] NotAsked =
    [
        WorklistColumn.Status, WorklistColumn.MppsInstanceUid, WorklistColumn.CreatedAt, WorklistColumn.UpdatedAt,
        WorklistColumn.SourceMessageId, WorklistColumn.PatientNameIdeographic, WorklistColumn.PatientNamePhonetic,
        WorklistColumn.PatientNameRomanized,
    ];

    private static readonly FrozenDictionary<string, OrderColumn> ByName = WorklistColumns.All.Except(NotAsked)
        .Select(static column => new OrderColumn(column.SqlName(), ColumnUse.Value, column)).Concat(Own)
        .ToFrozenDictionary(static column => column.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Every name, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The column of a name; null if there is none.</summary>
    internal static OrderColumn? Find(string name) => ByName.GetValueOrDefault(name);
}
