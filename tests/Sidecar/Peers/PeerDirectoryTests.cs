using System.Net;
using Gantry.Sidecar.Peers;
using Gantry.Sidecar.Settings;
using Gantry.Worklist;

namespace Gantry.Sidecar.Tests.Peers;

public sealed class PeerDirectoryTests
{
    private static readonly IPAddress Ward = IPAddress.Parse("192.168.1.20");

    [Fact]
    public void A_peer_that_no_setting_names_gets_the_defaults()
    {
        var peer = Directory().Resolve("ANYBODY", "ANY-SCP", Ward);
        Assert.Equal(["ISO_IR 192"], peer.CharacterSets.Select(set => set.ToString()));
        Assert.Equal([OrderStatus.Scheduled], peer.ListedStatuses);
        Assert.False(peer.OwnStepsOnly);
        Assert.Null(peer.MaximumAnswers);
        Assert.Equal(MppsProfile.Lenient, peer.MppsProfile);
        Assert.False(peer.Romanize);
    }

    [Fact]
    public void What_an_entry_leaves_out_comes_from_the_entry_for_all()
    {
        var directory = Directory(
            new() { AeTitle = "CT1", OwnStepsOnly = true },
            new() { AeTitle = "*", MaximumAnswers = 50, MppsProfile = MppsProfile.Strict, OwnStepsOnly = false });
        var ct = directory.Resolve("CT1", "WORKLISTS", Ward);
        Assert.True(ct.OwnStepsOnly);
        Assert.Equal(50, ct.MaximumAnswers);
        Assert.Equal(MppsProfile.Strict, ct.MppsProfile);
        Assert.False(directory.Resolve("CT2", "WORKLISTS", Ward).OwnStepsOnly);
    }

    [Fact]
    public void The_entry_that_says_most_wins()
    {
        var directory = Directory(
            new() { Addresses = ["192.168.0.0/16"], MaximumAnswers = 1 },
            new() { Addresses = ["192.168.1.0/24"], MaximumAnswers = 2 },
            new() { CalledAeTitle = "MWL", MaximumAnswers = 3 },
            new() { AeTitle = "CT1", MaximumAnswers = 4 },
            new() { AeTitle = "CT1", Addresses = ["192.168.1.20"], MaximumAnswers = 5 });
        Assert.Equal(2, directory.Resolve("X", "Y", Ward).MaximumAnswers);
        Assert.Equal(1, directory.Resolve("X", "Y", IPAddress.Parse("192.168.2.1")).MaximumAnswers);
        Assert.Equal(3, directory.Resolve("X", "MWL", Ward).MaximumAnswers);
        Assert.Equal(4, directory.Resolve("CT1", "MWL", IPAddress.Parse("10.0.0.1")).MaximumAnswers);
        Assert.Equal(5, directory.Resolve("CT1", "MWL", Ward).MaximumAnswers);
        Assert.Equal(5, directory.Resolve("CT1", "MWL", Ward.MapToIPv6()).MaximumAnswers);
        Assert.Null(directory.Resolve("X", "Y", null).MaximumAnswers);
    }

    [Fact]
    public void Padding_of_an_ae_title_does_not_count_but_case_does()
    {
        var directory = Directory(new PeerOptions { AeTitle = "CT1", MaximumAnswers = 4 });
        Assert.Equal(4, directory.Resolve(" CT1 ", "X", null).MaximumAnswers);
        Assert.Null(directory.Resolve("ct1", "X", null).MaximumAnswers);
    }

    [Fact]
    public void A_setting_makes_case_not_count()
    {
        var directory = new PeerDirectory(new()
        {
            Dicom = new() { IgnoreAeTitleCase = true }, Peers = [new() { AeTitle = "CT1", MaximumAnswers = 4 }],
        });
        Assert.Equal(4, directory.Resolve("ct1", "X", null).MaximumAnswers);
    }

    [Fact]
    public void Character_sets_and_statuses_are_read_from_their_words()
    {
        var peer = Directory(new PeerOptions
        {
            CharacterSets = ["ISO_IR 100", "\\ISO 2022 IR 149"], FallbackCharacterSet = "GB18030", ListedStatuses = ["SCHEDULED", "in progress"],
        }).Resolve("X", "Y", null);
        Assert.Equal(2, peer.CharacterSets.Count);
        Assert.Equal("ISO_IR 100", peer.CharacterSets[0].ToString());
        Assert.Equal("GB18030", peer.FallbackCharacterSet.ToString());
        Assert.Equal([OrderStatus.Scheduled, OrderStatus.InProgress], peer.ListedStatuses);
    }

    [Theory]
    [InlineData("10.0.0.0/8", "10.255.1.2", true)]
    [InlineData("10.1.2.3/8", "10.255.1.2", true)]
    [InlineData("10.0.0.0/8", "11.0.0.1", false)]
    [InlineData("10.0.0.1", "10.0.0.1", true)]
    [InlineData("10.0.0.1", "10.0.0.2", false)]
    [InlineData("0.0.0.0/0", "1.2.3.4", true)]
    [InlineData("192.168.1.128/25", "192.168.1.127", false)]
    [InlineData("fd00::/8", "fd12::1", true)]
    [InlineData("fd00::/8", "10.0.0.1", false)]
    public void A_network_holds_its_addresses(string network, string address, bool holds)
    {
        Assert.True(AddressRange.TryParse(network, out var range));
        Assert.Equal(holds, range.Contains(IPAddress.Parse(address)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("host")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/-1")]
    public void What_is_no_network_is_refused(string text) => Assert.False(AddressRange.TryParse(text, out _));

    private static PeerDirectory Directory(params PeerOptions[] peers) => new(new() { Peers = peers });
}
