namespace Gantry.EmrSync;

/// <summary>An EMR that is described already.</summary>
/// <param name="Orders">For <see cref="EmrSyncOptions.Orders"/>.</param>
/// <param name="StatusUpdate">For <see cref="EmrSyncOptions.StatusUpdate"/>.</param>
/// <param name="Statuses">For <see cref="EmrSyncOptions.Statuses"/>.</param>
/// <param name="DateFormat">For <see cref="EmrSyncOptions.DateFormat"/>.</param>
public sealed record EmrPreset(
    string Orders, string StatusUpdate, IReadOnlyDictionary<string, string> Statuses, string DateFormat)
{
    // A discontinued exam has no word: it was once told as done
    private static readonly Dictionary<string, string> PcsInfStatuses = new(StringComparer.OrdinalIgnoreCase)
    {
        ["IN_PROGRESS"] = "IP",
        ["COMPLETED"] = "CO",
    };

    private const string PcsInfColumns = """
            PcsOdrSeq AS order_key,
            PcsChtNum AS patient_id,
            PcsPatNam AS patient_name,
            PcsBirDte AS patient_birth_date,
            PcsSexTyp AS patient_sex,
            PcsUntCod AS modality,
            PcsOdrDtm AS scheduled_at,
            CASE WHEN PcsDelFlg = 'N' THEN 0 ELSE 1 END AS cancelled
        FROM PcsInf
        """;

    /// <summary>The presets by name.</summary>
    public static IReadOnlyDictionary<string, EmrPreset> All { get; } = new Dictionary<string, EmrPreset>(StringComparer.OrdinalIgnoreCase)
    {
        // PcsOdrDtm is a datetime or text: style 112 makes yyyyMMdd of the one, and cuts the other to it
        ["pcsinf"] = new(
            $"""
            SELECT
                CASE WHEN PcsOdrSeq < 100000000 THEN right('00000000' + CAST(PcsOdrSeq AS varchar(20)), 8)
                    ELSE CAST(PcsOdrSeq AS varchar(20)) END AS accession_number,
            {PcsInfColumns}
            WHERE convert(varchar(8), PcsOdrDtm, 112) BETWEEN @from_date AND @to_date
            """,
            "UPDATE PcsInf SET PcsStatus = @status WHERE PcsOdrSeq = @order_key", PcsInfStatuses, "yyyyMMdd"),
        // The same table in SQLite, for trying it out
        ["pcsinf-sqlite"] = new(
            $"""
            SELECT
                printf('%08d', PcsOdrSeq) AS accession_number,
            {PcsInfColumns}
            WHERE substr(replace(PcsOdrDtm, '-', ''), 1, 8) BETWEEN @from_date AND @to_date
            """,
            "UPDATE PcsInf SET PcsStatus = @status WHERE PcsOdrSeq = @order_key", PcsInfStatuses, "yyyyMMdd"),
    };
}
