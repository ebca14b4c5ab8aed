using System.Globalization;
using System.Text;
using System.Xml;

namespace Gantry.Audit;

/// <summary>Writes messages by the schema of PS3.15 A.5.1, each on one line.</summary>
public static class AuditXml
{
    /// <summary>An application server process (RFC 3881 5.4.3).</summary>
    private const string ApplicationServer = "4";

    private static readonly XmlWriterSettings Settings = new() { OmitXmlDeclaration = true, Indent = false, CheckCharacters = false, ConformanceLevel = ConformanceLevel.Fragment };

    /// <summary>One message as XML without line ends.</summary>
    public static string Write(AuditMessage message, AuditSource source)
    {
        var text = new StringBuilder(1024);
        using (var xml = XmlWriter.Create(text, Settings))
        {
            xml.WriteStartElement("AuditMessage");
            WriteEvent(xml, message);
            foreach (var participant in message.Participants)
                WriteParticipant(xml, participant);
            xml.WriteStartElement("AuditSourceIdentification");
            Attribute(xml, "AuditEnterpriseSiteID", source.SiteId);
            Attribute(xml, "AuditSourceID", source.Id);
            xml.WriteStartElement("AuditSourceTypeCode");
            Attribute(xml, "csd-code", ApplicationServer);
            xml.WriteEndElement();
            xml.WriteEndElement();
            foreach (var each in message.Objects)
                WriteObject(xml, each);
            xml.WriteEndElement();
        }
        return text.ToString();
    }

    private static void WriteEvent(XmlWriter xml, AuditMessage message)
    {
        xml.WriteStartElement("EventIdentification");
        Attribute(xml, "EventActionCode", message.Action switch
        {
            AuditAction.Create => "C",
            AuditAction.Read => "R",
            AuditAction.Update => "U",
            AuditAction.Delete => "D",
            AuditAction.Execute => "E",
        });
        // A.5.2.5: with the zone, so that it is unambiguous
        Attribute(xml, "EventDateTime", message.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        Attribute(xml, "EventOutcomeIndicator", ((int)message.Outcome).ToString(CultureInfo.InvariantCulture));
        Code(xml, "EventID", message.Event);
        if (message.Type is { } type)
            Code(xml, "EventTypeCode", type);
        if (message.Reason is { } reason)
            xml.WriteElementString("EventOutcomeDescription", Clean(reason));
        xml.WriteEndElement();
    }

    private static void WriteParticipant(XmlWriter xml, AuditParticipant participant)
    {
        xml.WriteStartElement("ActiveParticipant");
        Attribute(xml, "UserID", participant.UserId);
        Attribute(xml, "AlternativeUserID", participant.AlternativeId);
        Attribute(xml, "UserIsRequestor", participant.IsRequestor ? "true" : "false");
        Attribute(xml, "NetworkAccessPointID", participant.Address);
        if (participant.Address is { } address)
            Attribute(xml, "NetworkAccessPointTypeCode", System.Net.IPAddress.TryParse(address, out _) ? "2" : "1");
        if (participant.Role is { } role)
            Code(xml, "RoleIDCode", role);
        xml.WriteEndElement();
    }

    private static void WriteObject(XmlWriter xml, AuditObject each)
    {
        xml.WriteStartElement("ParticipantObjectIdentification");
        Attribute(xml, "ParticipantObjectID", each.Id);
        Attribute(xml, "ParticipantObjectTypeCode", ((int)each.Type).ToString(CultureInfo.InvariantCulture));
        Attribute(xml, "ParticipantObjectTypeCodeRole", each.Role.ToString(CultureInfo.InvariantCulture));
        Code(xml, "ParticipantObjectIDTypeCode", each.IdType);
        // Name or query, never both
        if (each.Query is { } query)
            xml.WriteElementString("ParticipantObjectQuery", Convert.ToBase64String(query.Span));
        else if (each.Name is { } name)
            xml.WriteElementString("ParticipantObjectName", Clean(name));
        foreach (var (type, value) in each.Details)
        {
            xml.WriteStartElement("ParticipantObjectDetail");
            Attribute(xml, "type", type);
            Attribute(xml, "value", Convert.ToBase64String(Encoding.UTF8.GetBytes(value)));
            xml.WriteEndElement();
        }
        if (each.MppsUid is not null || each.AccessionNumber is not null)
        {
            xml.WriteStartElement("ParticipantObjectDescription");
            Reference(xml, "MPPS", "UID", each.MppsUid);
            Reference(xml, "Accession", "Number", each.AccessionNumber);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static void Reference(XmlWriter xml, string element, string attribute, string? value)
    {
        if (value is null)
            return;
        xml.WriteStartElement(element);
        Attribute(xml, attribute, value);
        xml.WriteEndElement();
    }

    private static void Code(XmlWriter xml, string element, AuditCode code)
    {
        xml.WriteStartElement(element);
        Attribute(xml, "csd-code", code.Value);
        Attribute(xml, "codeSystemName", code.System);
        Attribute(xml, "displayName", code.Meaning);
        Attribute(xml, "originalText", code.Meaning);
        xml.WriteEndElement();
    }

    private static void Attribute(XmlWriter xml, string name, string? value)
    {
        if (value is not null)
            xml.WriteAttributeString(name, Clean(value));
    }

    /// <summary>What peers send may hold what XML cannot, or would begin a line of its own.</summary>
    private static string Clean(string text)
    {
        var isClean = true;
        foreach (var c in text)
            isClean &= !char.IsControl(c) && c is not '\u2028' and not '\u2029' && !char.IsSurrogate(c) && c < '\uFFFE';
        if (isClean)
            return text;
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) // a lone surrogate comes as U+FFFD
            clean.Append(Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029 or 0xFFFE or 0xFFFF ? " " : rune.ToString());
        return clean.ToString();
    }
}
