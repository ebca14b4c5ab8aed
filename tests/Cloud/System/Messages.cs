using Gantry.Contracts;

namespace Gantry.Cloud.Tests.System;

/// <summary>Messages of a gateway.</summary>
internal static class Messages
{
    /// <summary>A picture of 141 by 188 pixels, as far as one looks at its head.</summary>
    public static byte[] Jpeg { get; } =
    [
        0xFF, 0xD8, // SOI
        0xFF, 0xC0, 0x00, 0x0B, 0x08, 0x00, 0xBC, 0x00, 0x8D, 0x01, 0x01, 0x11, 0x00, // SOF0: 8 bit, 188 lines of 141, one component
        0xFF, 0xDA, 0x00, 0x08, 0x01, 0x01, 0x00, 0x00, 0x3F, 0x00, 0x00, // SOS
        0xFF, 0xD9, // EOI
    ];

    public static GatewayEvent Status(Someone someone, string status, string? messageId = null, string? actionId = null) =>
        new GatewayEvent.StatusUpdated(new() { ActionId = actionId, AccessionNumber = someone.Accession, Status = status, MppsInstanceUid = "1.2.3" })
        {
            MessageId = messageId ?? Guid.NewGuid().ToString(), SourceSystem = "gateway-mwl",
        };

    public static GatewayEvent.ImageReceived Image(
        string accession, string nhsNumber, string study, string sop, string laterality = "R", string view = "CC", string series = "1", string name = "BYRON^ADA") =>
        new(new()
        {
            Participant = new() { NhsNumber = nhsNumber, PatientName = name },
            Study = new() { AccessionNumber = accession, StudyInstanceUid = study, Modality = "MG", StudyDate = "20260105" },
            Series = new() { SeriesInstanceUid = $"{study}.{laterality}.{series}", SeriesNumber = series },
            Image = new()
            {
                SopInstanceUid = sop, InstanceNumber = "1", Acquisition = new() { Laterality = laterality, ViewPosition = view },
                Dose = new() { OrganDose = "0.0134", EntranceDoseInMgy = "4.2", Kvp = "29", AnodeTargetMaterial = "TUNGSTEN", FilterMaterial = "RHODIUM" },
                Thumbnail = ImageThumbnail.FromJpeg(Jpeg, 141, 188),
            },
        }, null) { MessageId = Guid.NewGuid().ToString(), SourceSystem = "gateway-pacs" };

    /// <summary>A UID of its own for each call: 2.25 and a UUID, PS3.5 B.2.</summary>
    public static string Uid() => $"2.25.{(new global::System.Numerics.BigInteger(Guid.NewGuid().ToByteArray(), isUnsigned: true))}";
}
