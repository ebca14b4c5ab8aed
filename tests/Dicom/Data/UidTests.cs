namespace Gantry.Dicom.Tests.Data;

public sealed class UidTests
{
    [Fact]
    public void New_UIDs_are_valid_and_differ()
    {
        var uids = Enumerable.Range(0, 1_000).Select(_ => DicomUid.New()).ToHashSet();
        Assert.Equal(1_000, uids.Count);
        Assert.All(uids, uid => Assert.True(DicomUid.IsValid(uid) && uid.StartsWith("2.25.", StringComparison.Ordinal), uid));
    }

    [Theory]
    [InlineData("1.2.840.10008.1.1", true)]
    [InlineData("1.0.3", true)]
    [InlineData("1", true)]
    [InlineData("", false)]
    [InlineData(".1", false)]
    [InlineData("1.", false)]
    [InlineData("1..2", false)]
    [InlineData("1.02", false)]
    [InlineData("1.2a", false)]
    [InlineData("1.2 ", false)]
    public void A_UID_is_numbers_joined_by_dots(string uid, bool valid) => Assert.Equal(valid, DicomUid.IsValid(uid));

    [Fact]
    public void A_UID_has_64_characters_at_most()
    {
        Assert.True(DicomUid.IsValid("1." + new string('1', 62)));
        Assert.False(DicomUid.IsValid("1." + new string('1', 63)));
    }

    [Fact]
    public void SOP_classes_have_valid_UIDs_and_names_of_their_own()
    {
        Assert.True(SopClassUids.Storage.Count > 30);
        Assert.All(SopClassUids.Storage, uid =>
        {
            Assert.True(DicomUid.IsValid(uid), uid);
            Assert.EndsWith("Storage", SopClassUids.NameOf(uid).Split(" - ")[0], StringComparison.Ordinal);
        });
        Assert.Equal("MR Image Storage", SopClassUids.NameOf(SopClassUids.MRImageStorage));
        Assert.Equal("1.2.3", SopClassUids.NameOf("1.2.3"));
    }

    [Fact]
    public void Gantry_names_itself_legally()
    {
        Assert.Null(DicomVrRules.Validate(DicomVr.UI, DicomImplementation.ClassUid));
        Assert.Null(DicomVrRules.Validate(DicomVr.SH, DicomImplementation.VersionName));
    }
}
