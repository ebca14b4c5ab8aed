using System.Numerics;

namespace Gantry.Worklist.Queries;

[Flags]
internal enum CriteriaKeys : byte
{
    None = 0,
    DateFrom = 1,
    DateTo = 2,
    Accession = 4,
    Patient = 8,
    RequestedProcedure = 16,
    ScheduledStep = 32,
}

/// <summary>What two queries must share to be served by the same prepared statement: everything but the values.</summary>
/// <param name="Columns">One bit for each column that is read.</param>
/// <param name="Statuses">One bit for each status; none means all.</param>
/// <param name="Keys">The single-valued conditions.</param>
/// <param name="Modalities">How many modality parameters there are, a power of two (or none): the last value is repeated.</param>
/// <param name="Studies">How many study UID parameters there are, likewise.</param>
internal readonly record struct CriteriaShape(ulong Columns, byte Statuses, CriteriaKeys Keys, int Modalities, int Studies)
{
    private const ulong OrderColumns =
        1UL << (int)WorklistColumn.ScheduledDate | 1UL << (int)WorklistColumn.ScheduledTime
        | 1UL << (int)WorklistColumn.AccessionNumber;

    private static readonly ulong EveryColumn = (1UL << WorklistColumns.Count) - 1;
    private static readonly byte EveryStatus = (byte)((1 << OrderStatuses.All.Count) - 1);

    public static CriteriaShape Of(WorklistCriteria criteria)
    {
        ulong columns = OrderColumns;
        if (criteria.Columns is { } asked)
            for (int i = 0; i < asked.Count; i++) columns |= 1UL << (int)asked[i];
        else
            columns = EveryColumn;

        byte statuses = 0;
        for (int i = 0; i < criteria.Statuses.Count; i++) statuses |= (byte)(1 << (int)criteria.Statuses[i]);
        if (statuses == EveryStatus) statuses = 0;

        CriteriaKeys keys = (criteria.DateFrom is null ? 0 : CriteriaKeys.DateFrom)
            | (criteria.DateTo is null ? 0 : CriteriaKeys.DateTo)
            | (criteria.AccessionNumber is null ? 0 : CriteriaKeys.Accession)
            | (criteria.PatientId is null ? 0 : CriteriaKeys.Patient)
            | (criteria.RequestedProcedureId is null ? 0 : CriteriaKeys.RequestedProcedure)
            | (criteria.ScheduledStepId is null ? 0 : CriteriaKeys.ScheduledStep);
        return new CriteriaShape(columns, statuses, keys, Padded(criteria.Modalities), Padded(criteria.StudyInstanceUids));
    }

    private static int Padded(IReadOnlyList<string>? values) =>
        values is null or { Count: 0 } ? 0 : (int)BitOperations.RoundUpToPowerOf2((uint)values.Count);
}
