using System.Reflection;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;

namespace Gantry.Audit.Tests;

/// <summary>Messages are as PS3.15 A.5 has them.</summary>
public sealed class MessageTests
{
    /// <summary>
    /// PS3.15 A.5.3, typed from the tables: the event, its types, the actions allowed, how many take part at least and at most, and the kinds
    /// of objects that must be there.
    /// </summary>
    private static readonly Dictionary<string, Required> Tables = new()
    {
        ["110100"] = new(["110120", "110121"], "E", 1, 99, []),                 // A.5.3.1 Application Activity
        ["110103"] = new([], "CRUD", 1, 2, ["110180", "2"]),                    // A.5.3.6 DICOM Instances Accessed
        ["110106"] = new([], "R", 2, 99, []),                                   // A.5.3.4 Data Export
        ["110109"] = new([], "CRUD", 1, 2, ["2"]),                              // A.5.3.13 Order Record
        ["110111"] = new([], "CRUD", 1, 2, ["2"]),                              // A.5.3.15 Procedure Record
        ["110112"] = new([], "E", 2, 99, ["110181 12"]),                        // A.5.3.10 Query
        ["110113"] = new(["110126", "110132"], "E", 1, 99, []),                 // A.5.3.11 Security Alert
        ["110114"] = new(["110122", "110123"], "E", 1, 2, []),                  // A.5.3.12 User Authentication
    };

    public static TheoryData<string> Names => [.. Examples.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_is_the_golden_one(string name)
    {
        var golden = Golden(name);
        var written = XElement.Parse(Write(Examples.All[name]));
        // Which process and machine wrote it differs from run to run
        foreach (var self in written.Elements("ActiveParticipant").Where(each => (string?)each.Attribute("UserID") == "WORKLISTS"))
        {
            self.SetAttributeValue("AlternativeUserID", "PROCESS");
            self.SetAttributeValue("NetworkAccessPointID", "MACHINE");
        }

        Assert.Equal(golden.ToString(), written.ToString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_has_every_field_that_its_table_requires(string name)
    {
        var xml = XElement.Parse(Write(Examples.All[name]));

        var id = xml.Element("EventIdentification")!;
        var table = Tables[Code(id.Element("EventID")!)];
        Assert.Contains(id.Attribute("EventActionCode")!.Value, table.Actions, StringComparison.Ordinal);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", id.Attribute("EventDateTime")!.Value);
        Assert.Matches("^(0|4|8|12)$", id.Attribute("EventOutcomeIndicator")!.Value);
        if (table.Types.Length > 0)
            Assert.Contains(Code(id.Element("EventTypeCode")!), table.Types);
        var participants = xml.Elements("ActiveParticipant").ToList();
        Assert.InRange(participants.Count, table.Fewest, table.Most);
        Assert.All(participants, each => Assert.True(each.Attribute("UserID")!.Value.Length > 0 && each.Attribute("UserIsRequestor")!.Value is "true" or "false"));
        Assert.All(participants.Where(each => each.Attribute("NetworkAccessPointID") is not null),
            each => Assert.Matches("^[12]$", each.Attribute("NetworkAccessPointTypeCode")!.Value));
        Assert.True(xml.Element("AuditSourceIdentification")!.Attribute("AuditSourceID")!.Value.Length > 0);
        var kinds = xml.Elements("ParticipantObjectIdentification").Select(each => Code(each.Element("ParticipantObjectIDTypeCode")!)).ToList();
        Assert.All(table.Objects, kind => Assert.Contains(kinds, there => kind.Split(' ').Contains(there)));
        Assert.All(xml.Elements("ParticipantObjectIdentification"), each => Assert.NotNull(each.Attribute("ParticipantObjectID")));
        // The order of A.5.1's schema, and nothing that it does not know
        Assert.Equal(xml.Elements().Select(Place).Order(), xml.Elements().Select(Place));
        Assert.All(xml.Descendants().Where(each => each.Attribute("csd-code") is not null && each.Name != "AuditSourceTypeCode"),
            each => Assert.True(each.Attribute("codeSystemName") is not null && each.Attribute("originalText") is not null));
    }

    [Fact]
    public void Every_kind_of_message_has_an_example() => Assert.Equal(
        "Administration Application Export Order Procedure Query Refused SignIn Viewed",
        string.Join(' ', typeof(AuditEvents).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Select(method => method.Name).Order()));

    [Theory]
    [InlineData("a\nb\r\tc")]
    [InlineData("<\"&'>")]
    [InlineData("\0\u0001\u001B[2J")]
    [InlineData("\u007F and \u009B2J")]
    [InlineData("\uD800 alone, \uFFFF and \u2028")]
    [InlineData("홍길동 山田 Ærø 😀")]
    public void Whatever_a_peer_is_called_the_message_is_one_line_of_XML(string name) => IsOneLine(name);

    [Fact]
    public void Any_text_at_all_makes_one_line_of_XML() => Check.QuickThrowOnFailure(Prop.ForAll<string>(text =>
    {
        IsOneLine(text);
        return true;
    }));

    private static void IsOneLine(string name)
    {
        var events = new AuditEvents(name ?? "", TimeProvider.System);
        var line = AuditXml.Write(events.Procedure(new(name ?? "", name), AuditAction.Update, new(name ?? "", name), name, name, name), new(name ?? "", name));

        Assert.DoesNotContain(line, c => char.IsControl(c) || c is '\u2028' or '\u2029');
        Assert.Equal("AuditMessage", XElement.Parse(line).Name);
    }

    private static string Write(AuditMessage message) => AuditXml.Write(message, Examples.Source);

    private static string Code(XElement element) => element.Attribute("csd-code")!.Value;

    private static int Place(XElement element) => Array.IndexOf(
        ["EventIdentification", "ActiveParticipant", "AuditSourceIdentification", "ParticipantObjectIdentification"], element.Name.LocalName);

    private static XElement Golden(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Golden/{name}.xml");
        return stream is null ? throw new FileNotFoundException($"Golden/{name}.xml is missing.") : XElement.Load(stream);
    }

    private sealed record Required(string[] Types, string Actions, int Fewest, int Most, string[] Objects);
}
