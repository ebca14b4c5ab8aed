using System.Globalization;
using System.Reflection;
using Gantry.Dicom;
using Gantry.Dicom.Network;
using Gantry.Sidecar.Mpps;
using Gantry.Sidecar.Mwl;
using Gantry.Sidecar.Settings;
using Gantry.Sidecar.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantry.Sidecar.Tests.Wire.Conformance;

/// <summary>SOP classes, transfer syntaxes, character sets, settings and identification in the statement are those of the code.</summary>
public sealed class ServiceTableTests
{
    private static readonly SopClassService[] Services =
    [
        new VerificationService(),
        new ModalityWorklistService(null!, null!, null!, null!, TimeProvider.System, null!, null!, NullLogger<ModalityWorklistService>.Instance),
        new PerformedStepService(null!, NullLogger<PerformedStepService>.Instance, new(TimeProvider.System)),
    ];

    [Fact]
    public void SOP_classes() => Assert.Equal(
        Services.SelectMany(service => service.SopClassUids).Order(StringComparer.Ordinal),
        Statement.Table("SOP classes").Select(row => row[1]).Order(StringComparer.Ordinal));

    [Fact]
    public void Presentation_contexts_with_transfer_syntaxes_in_order_of_preference() => Assert.Equal(
        Services.SelectMany(service => service.SopClassUids.SelectMany(uid => service.TransferSyntaxes.Select(syntax => $"{uid} {syntax.Uid}"))),
        Statement.Table("Presentation contexts").Select(row => $"{row[1]} {row[3]}"));

    [Fact]
    public void Refused_storage_classes_are_counted()
    {
        var storage = Statement.Table("Refused storage");
        Assert.Equal(StorageSopClasses.Uids.Count.ToString(CultureInfo.InvariantCulture), storage.Single(row => row[0] == "SOP classes")[1]);
        Assert.Equal("0x0122", storage.Single(row => row[0] == "Status")[1]);
    }

    [Fact]
    public void Statuses_are_those_of_the_standard_and_each_row_names_the_test_class_that_shows_it()
    {
        foreach (var row in Statement.Table("C-FIND statuses").Concat(Statement.Table("MPPS statuses")))
        {
            Assert.Matches("^0x[0-9A-F]{4}$", row[0]);
            foreach (var name in row[^1].Split(", "))
                Assert.Contains(typeof(ServiceTableTests).Assembly.GetTypes(), type => type.Name == name);
        }
    }

    [Fact]
    public void Character_sets_are_understood_as_written()
    {
        var rows = Statement.Table("Supported character sets");
        Assert.Equal(32, rows.Count);
        foreach (var row in rows)
        {
            string[] terms = row[0].StartsWith("ISO 2022", StringComparison.Ordinal) ? ["", row[0]] : [row[0]];
            Assert.True(SpecificCharacterSet.TryParse(terms, out var set), row[0]);
            if (row[0] is not ("ISO_IR 6" or "ISO 2022 IR 6")) Assert.Contains(row[0], set.DefinedTerms);
        }
    }

    [Fact]
    public void Identification_is_what_the_association_says()
    {
        var rows = Statement.Table("Identification").ToDictionary(row => row[0], row => row[1]);
        Assert.Equal(GantryImplementation.ClassUid, rows["Implementation Class UID"]);
        Assert.Equal(GantryImplementation.VersionName, rows["Implementation Version Name"]);
        Assert.Equal("1.2.840.10008.3.1.1.1", rows["Application Context Name"]);
    }

    [Fact]
    public void Parameters_are_the_settings_with_their_defaults()
    {
        var rows = Statement.Table("Configuration parameters");
        var settings = new SidecarSettings();
        Assert.Equal(
            Names<DicomOptions>("Dicom", nameof(DicomOptions.Tls)).Concat(Names<DicomTlsOptions>("Dicom:Tls"))
                .Concat(Names<PeerOptions>("Peers:n")).Concat(Names<SiteOptions>("Site")).Order(StringComparer.Ordinal),
            rows.Select(row => row[0]).Order(StringComparer.Ordinal));
        foreach (var row in rows)
        {
            var name = row[0].Split(':')[^1];
            var value = row[0] switch
            {
                _ when row[0].StartsWith("Dicom:Tls:", StringComparison.Ordinal) => Default(settings.Dicom.Tls, name),
                _ when row[0].StartsWith("Dicom:", StringComparison.Ordinal) => Default(settings.Dicom, name),
                _ when row[0].StartsWith("Site:", StringComparison.Ordinal) => Default(settings.Site, name),
                _ => Default(Sidecar.Peers.Peer.Default, name),
            };
            if (value is not null) Assert.Equal($"{row[0]} = {value}", $"{row[0]} = {row[1]}");
        }
    }

    private static IEnumerable<string> Names<T>(string section, params string[] except) =>
        typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name)
            .Except(except).Select(name => $"{section}:{name}");

    // Null where the default is not one value that could be written in a cell
    private static string? Default(object options, string name) => options.GetType().GetProperty(name)?.GetValue(options) switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        IReadOnlyList<int> numbers => string.Join(", ", numbers),
        int or Enum or TimeSpan => string.Create(CultureInfo.InvariantCulture, $"{options.GetType().GetProperty(name)!.GetValue(options)}"),
        _ => null,
    };
}
