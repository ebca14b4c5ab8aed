using System.Text.Json.Nodes;
using Gantry.Sidecar.Archive.Pictures;

namespace Gantry.EndToEnd.Tests.OldClients;

/// <summary>Messages as contracts.md sections 4 and 5 have them word for word, with values of a test's own.</summary>
internal static class OldMessages
{
    /// <summary>A real picture of the contract's size: 188 pixels high.</summary>
    public static string Thumbnail { get; } = Convert.ToBase64String(JpegWriter.Write(
        new(141, 188, 1, [.. Enumerable.Range(0, 141 * 188).Select(at => (byte)(at / 141))]), quality: 25));

    /// <summary>Section 5, mpps.status_update.</summary>
    public static JsonObject Status(string? actionId, string accession, string status) => new()
    {
        ["schema_version"] = 1, ["event_type"] = "mpps.status_update", ["timestamp"] = "2026-01-05T10:31:00Z", ["source_system"] = "gateway-mwl",
        ["data"] = new JsonObject { ["action_id"] = actionId, ["accession_number"] = accession, ["status"] = status, ["mpps_instance_uid"] = "1.2.3" },
    };

    /// <summary>Section 5, study.image_received.</summary>
    public static JsonObject Image(
        string accession, string nhsNumber, string studyUid, string laterality = "R", string view = "CC", string name = "SMITH^JANE", string? thumbnail = null) => new()
    {
        ["schema_version"] = 1, ["message_id"] = Guid.NewGuid().ToString(), ["message_type"] = "study.image_received",
        ["timestamp"] = "2026-01-05T10:35:00Z", ["source_system"] = "gateway-pacs",
        ["source_reference"] = new JsonObject { ["action_id"] = "" },
        ["parameters"] = new JsonObject
        {
            ["participant"] = new JsonObject { ["nhs_number"] = nhsNumber, ["patient_name"] = name },
            ["study"] = new JsonObject
            {
                ["accession_number"] = accession, ["study_instance_uid"] = studyUid, ["modality"] = "MG",
                ["study_date"] = "20260105", ["study_time"] = "103500", ["study_description"] = "Screening Mammography",
            },
            ["series"] = new JsonObject
            {
                ["series_instance_uid"] = $"{studyUid}.{(laterality == "R" ? 1 : 2)}", ["series_number"] = "1", ["series_description"] = "Right Breast CC View",
            },
            ["image"] = new JsonObject
            {
                ["sop_instance_uid"] = Dicom.DicomUid.New(), ["instance_number"] = "1",
                ["dimensions"] = new JsonObject { ["rows"] = 2048, ["columns"] = 1536 },
                ["acquisition"] = new JsonObject { ["view_position"] = view, ["laterality"] = laterality },
                ["dose"] = new JsonObject
                {
                    ["organ_dose"] = "0.0134", ["entrance_dose_in_mgy"] = "4.2", ["kvp"] = "29", ["exposure_in_uas"] = "60000",
                    ["anode_target_material"] = "TUNGSTEN", ["filter_material"] = "RHODIUM", ["filter_thickness"] = "0.05",
                },
                ["thumbnail"] = new JsonObject { ["data"] = thumbnail ?? Thumbnail, ["format"] = "jpeg", ["width"] = 141, ["height"] = 188 },
                ["received_at"] = "2026-01-05T10:35:00Z",
            },
        },
    };

    /// <summary>Section 4, worklist.create_item and worklist.create_test_item.</summary>
    public static JsonObject Create(string actionId, string accession, string type = "worklist.create_item") => Action(actionId, type, new()
    {
        ["worklist_item"] = new JsonObject
        {
            ["accession_number"] = accession, ["requested_procedure_id"] = "REQ-20260105-3C",
            ["participant"] = new JsonObject { ["nhs_number"] = "9990001112", ["name"] = "SMITH^JANE", ["birth_date"] = "19650315", ["sex"] = "F" },
            ["scheduled"] = new JsonObject { ["date"] = "20260105", ["time"] = "103000" },
            ["procedure"] = new JsonObject { ["modality"] = "MG", ["station_name"] = "MMG_ROOM_1", ["study_description"] = "Screening Mammography" },
        },
    });

    /// <summary>Section 4, any action.</summary>
    public static JsonObject Action(string actionId, string type, JsonObject parameters) => new()
    {
        ["schema_version"] = 1, ["action_id"] = actionId, ["action_type"] = type, ["timestamp"] = "2026-01-05T09:00:00Z",
        ["source_system"] = "manage-breast-screening",
        ["source_reference"] = new JsonObject { ["appointment_id"] = Guid.NewGuid().ToString(), ["participant_id"] = "9990001112" },
        ["parameters"] = parameters,
    };
}
