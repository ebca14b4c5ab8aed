using Gantry.Dicom;
using Gantry.Sidecar.Settings;

namespace Gantry.Sidecar.Tests.Wire.Mwl;

/// <summary>Point 11: answers in the order of their start, and a list that is cut says so.</summary>
public sealed class Mwl11_OrderAndMaximumTests
{
    private static readonly string[] InOrder = ["NODATE", "A", "B", "C", "D", "E"];

    [Theory]
    [InlineData("")]
    [InlineData("MG\\CT\\MR")]
    public async Task Answers_come_in_order_of_scheduled_date_and_time(string modalities)
    {
        await using var scp = await ScrambledAsync(null);
        Assert.Equal(InOrder, await scp.AccessionsAsync(Orders.AskStep((DicomTags.Modality, modalities))));
    }

    [Fact]
    public async Task A_cut_list_ends_with_0xA700_and_a_comment_and_its_answers_are_the_first()
    {
        await using var scp = await ScrambledAsync(new PeerOptions { MaximumAnswers = 4 });
        var found = await scp.FindAsync(Orders.Ask((DicomTags.AccessionNumber, "")));
        Assert.Equal(InOrder.Take(4), found.Accessions);
        Assert.Equal(0xA700, found.Final.Status);
        Assert.Equal("More steps match; only the first 4 are listed", found.Final.ErrorComment);
    }

    [Fact]
    public async Task A_list_of_exactly_the_maximum_is_whole()
    {
        await using var scp = await ScrambledAsync(new PeerOptions { MaximumAnswers = 6 });
        Assert.Equal(InOrder, await scp.AccessionsAsync([]));
    }

    private static async Task<Scp> ScrambledAsync(PeerOptions? peer)
    {
        var scp = await Scp.StartAsync(peer);
        await scp.AddAsync(
            Orders.Order("D", "20260106", "080000", "CT"), Orders.Order("B", "20260105", "100000", "MR"),
            Orders.Order("E", "20270101", "000000"), Orders.Order("A", "20260105", "090000", "CT"),
            Orders.Order("C", "20260105", "100000"), Orders.Order("NODATE") with { ScheduledDate = null });
        return scp;
    }
}
