using System.Globalization;
using System.Text;
using Gantry.Contracts;
using Gantry.Worklist;

namespace Gantry.Bench.Cloud;

/// <summary>Status messages of exams: as a gateway sends them, and as they wait in its outbox.</summary>
internal static class BenchMessages
{
    public static readonly string[] Statuses = ["IN PROGRESS", "COMPLETED"];

    /// <summary>What the clinic's page shows after a status.</summary>
    public static string StateAfter(string status) => status == "COMPLETED" ? "complete" : "in_progress";

    public static byte[] Status(BenchExam exam, string status) => new GatewayEvent.StatusUpdated(
        new() { AccessionNumber = exam.Accession, Status = status, MppsInstanceUid = $"2.25.{exam.NhsNumber}", StudyInstanceUid = exam.Order.StudyInstanceUid })
    {
        MessageId = Guid.NewGuid().ToString(), Timestamp = TimeProvider.System.GetUtcNow(), SourceSystem = "gateway-mwl",
    }.ToJson();

    /// <summary>An image of an exam, with a thumbnail of the size that they have.</summary>
    public static byte[] Image(BenchExam exam, int number) => new GatewayEvent.ImageReceived(
        new()
        {
            Participant = new() { NhsNumber = exam.NhsNumber, PatientName = "BENCH^ADA" },
            Study = new() { AccessionNumber = exam.Accession, StudyInstanceUid = exam.Order.StudyInstanceUid!, Modality = "MG", StudyDate = "20260105" },
            Series = new() { SeriesInstanceUid = $"{exam.Order.StudyInstanceUid}.{number}", SeriesNumber = "1" },
            Image = new()
            {
                SopInstanceUid = $"{exam.Order.StudyInstanceUid}.{number}.1", InstanceNumber = "1", Acquisition = new() { Laterality = "R", ViewPosition = "CC" },
                Dose = new() { OrganDose = "0.0134", Kvp = "29" }, Thumbnail = ImageThumbnail.FromJpeg(Jpeg, 141, 188),
            },
        }, null) { MessageId = Guid.NewGuid().ToString(), Timestamp = TimeProvider.System.GetUtcNow(), SourceSystem = "gateway-pacs" }.ToJson();

    /// <summary>A JPEG of 141 by 188 in its head, and 6 KB of nothing where the picture would be.</summary>
    private static byte[] Jpeg { get; } =
    [
        0xFF, 0xD8, 0xFF, 0xC0, 0x00, 0x0B, 0x08, 0x00, 0xBC, 0x00, 0x8D, 0x01, 0x01, 0x11, 0x00, // SOI; SOF0: 8 bit, 188 lines of 141, one component
        0xFF, 0xDA, 0x00, 0x08, 0x01, 0x01, 0x00, 0x00, 0x3F, 0x00, .. new byte[6 << 10], 0xFF, 0xD9, // SOS, EOI
    ];

    public static NewOutboxEntry Waiting(BenchExam exam, string status) => new()
    {
        Target = OutboxTarget.Cloud, Kind = StatusEvent.Kind, OrderKey = exam.Accession, EventKey = $"2.25.{exam.NhsNumber}|{exam.Accession}|{status}",
        Payload = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""
            {"event_id":"2.25.{{exam.NhsNumber}}|{{exam.Accession}}|{{status}}","accession_number":"{{exam.Accession}}","status":"{{status}}","mpps_instance_uid":"2.25.{{exam.NhsNumber}}","timestamp":"2026-01-05T10:31:00Z"}
            """)),
    };
}
