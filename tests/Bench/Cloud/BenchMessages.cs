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

    public static NewOutboxEntry Waiting(BenchExam exam, string status) => new()
    {
        Target = OutboxTarget.Cloud, Kind = StatusEvent.Kind, OrderKey = exam.Accession, EventKey = $"2.25.{exam.NhsNumber}|{exam.Accession}|{status}",
        Payload = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""
            {"event_id":"2.25.{{exam.NhsNumber}}|{{exam.Accession}}|{{status}}","accession_number":"{{exam.Accession}}","status":"{{status}}","mpps_instance_uid":"2.25.{{exam.NhsNumber}}","timestamp":"2026-01-05T10:31:00Z"}
            """)),
    };
}
