using System.Text;

namespace Gantry.Audit.Tests;

/// <summary>One message of each kind, by a clock that stands still.</summary>
internal static class Examples
{
    public static readonly AuditSource Source = new("gateway-1", "Hospital");

    private static readonly AuditActor Modality = new("CT1", "192.168.1.100"), Person = new("reader", "10.0.0.7");
    private static readonly AuditPatient Jane = new("P1", "SMITH^JANE");

    private static readonly AuditEvents Events = new("WORKLISTS", new StandingClock());

    public static IReadOnlyDictionary<string, AuditMessage> All { get; } = new Dictionary<string, AuditMessage>
    {
        ["application-start"] = Events.Application(starts: true),
        ["application-stop"] = Events.Application(starts: false),
        ["sign-in"] = Events.SignIn(Person),
        ["sign-in-refused"] = Events.SignIn(Person, refusal: "name or password are wrong"),
        ["sign-out"] = Events.SignIn(Person, isOut: true),
        ["association-refused"] = Events.Refused(Modality, "The association was rejected"),
        ["query"] = Events.Query(Modality, "1.2.840.10008.5.1.4.31", Encoding.ASCII.GetBytes("identifier"), "1.2.840.10008.1.2", 12),
        ["query-by-rest"] = Events.Query(Person, "/api/worklist?modality=MG", null, null, 3),
        ["procedure"] = Events.Procedure(Modality, AuditAction.Create, Jane, "1.2.3", "1.2.3.4", "A1"),
        ["order"] = Events.Order(Person, AuditAction.Delete, Jane, "A1", "1.2.3"),
        ["order-without-study"] = Events.Order(Person, AuditAction.Create, Jane, "A1", null),
        ["viewed"] = Events.Viewed(Person, "1.2.3", Jane),
        ["export"] = Events.Export(new("daily backup"), "/backups/gantry.tar.gz", 42),
        ["administration"] = Events.Administration(Person, "Refused messages were sent again", "/api/forwarding/parked/replay"),
    };

    internal sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 5, 9, 0, 0, 123, TimeSpan.Zero);
    }
}
