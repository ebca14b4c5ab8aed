using FsCheck;
using FsCheck.Fluent;
using Gantry.Sidecar.Viewer.DicomWeb;

namespace Gantry.Sidecar.Tests.Viewer;

/// <summary>What may go on to Orthanc, and in which words.</summary>
public sealed class DicomWebPathTests
{
    [Theory]
    [InlineData("/dicom-web/studies", "/dicom-web/studies")]
    [InlineData("/dicom-web/studies?limit=101&offset=0", "/dicom-web/studies?limit=101&offset=0")]
    [InlineData("/dicom-web/studies/1.2/series/1.3/instances/1.4/frames/1,2", "/dicom-web/studies/1.2/series/1.3/instances/1.4/frames/1,2")]
    [InlineData("/dicom-web/studies/1.2/series/1.3/instances/1.4/frames/1%2c2", "/dicom-web/studies/1.2/series/1.3/instances/1.4/frames/1,2")]
    [InlineData("/dicom-web/studies/1.2/series/1.3/instances/1.4/bulk/7fe00010", "/dicom-web/studies/1.2/series/1.3/instances/1.4/bulk/7fe00010")]
    [InlineData("/dicom-web/series?PatientName=M%C3%9CLLER*", "/dicom-web/series?PatientName=M%C3%9CLLER*")]
    [InlineData("/wado?requestType=WADO&studyUID=1.2", "/wado?requestType=WADO&studyUID=1.2")]
    [InlineData("/dicom-web/studies?includefield=00081030,00080061&limit=2", "/dicom-web/studies?includefield=00081030&includefield=00080061&limit=2")]
    [InlineData("/dicom-web/studies?includefield=00081030%2C00080061", "/dicom-web/studies?includefield=00081030&includefield=00080061")]
    [InlineData("/dicom-web/studies?includefield=all", "/dicom-web/studies?includefield=all")]
    public void What_is_DICOMweb_is_passed_on(string asked, string passed)
    {
        Assert.True(DicomWebPath.TryMap(asked, out var target));
        Assert.Equal(passed, target);
    }

    [Theory]
    [InlineData("/dicom-web/..%2Fsystem")]
    [InlineData("/dicom-web/studies/..%2f..%2fsystem")]
    [InlineData("/dicom-web/studies/../../system")]
    [InlineData("/dicom-web/studies/%2e%2e/%2e%2e/system")]
    [InlineData("/dicom-web/studies/%252e%252e%252fsystem")]
    [InlineData("/dicom-web/studies//series")]
    [InlineData("/dicom-web/studies/1.2/")]
    [InlineData("/dicom-web/studies\\1.2")]
    [InlineData("/dicom-web/servers")]
    [InlineData("/dicom-web/")]
    [InlineData("/dicom-web")]
    [InlineData("/dicom-webx/studies")]
    [InlineData("/wado/../system")]
    [InlineData("/wado%2F..%2Fsystem")]
    [InlineData("/tools/execute-script")]
    public void What_is_not_is_refused(string asked) => Assert.False(DicomWebPath.TryMap(asked, out _));

    [Fact]
    public void No_address_whatever_leads_outside_DICOMweb()
    {
        // Words that tricks are made of, in any order
        var pieces = Gen.Elements("..", ".", "/", "%2F", "%2f", "%5C", "\\", "%2E", "%252F", "%00", "studies", "system", "1.2", ",", "%2C", ";", "?", "#", "dicom-web", "wado", " ", "%");
        var address = pieces.ListOf().Select(parts => "/dicom-web/studies/" + string.Concat(parts));

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5000), Prop.ForAll(address.ToArbitrary(), text =>
        {
            if (!DicomWebPath.TryMap(text, out var target))
                return true;
            var path = Uri.UnescapeDataString(target.Split('?')[0]);
            return path.StartsWith("/dicom-web/studies/", StringComparison.Ordinal) && !path.Contains("/../", StringComparison.Ordinal)
                && !path.EndsWith("/..", StringComparison.Ordinal) && !path.Contains('\\') && !path.Contains('%');
        }));
    }
}
