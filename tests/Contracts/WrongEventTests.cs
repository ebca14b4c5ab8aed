using System.Text;
using System.Text.Json.Nodes;

namespace Gantry.Contracts.Tests;

/// <summary>Events that are not as the contract has them.</summary>
public sealed class WrongEventTests
{
    [Theory]
    [InlineData("status-update", "event_type", null, "event_type")]
    [InlineData("status-update", "data", null, "data")]
    [InlineData("status-update", "data", "[]", "data")]
    [InlineData("status-update", "data.status", null, "data.status")]
    [InlineData("status-update", "data.accession_number", "12", "data.accession_number")]
    [InlineData("image-received", "message_id", null, "message_id")]
    [InlineData("image-received", "parameters", null, "parameters")]
    [InlineData("image-received", "parameters.study", null, "parameters.study.study_instance_uid")]
    [InlineData("image-received", "parameters.series.series_instance_uid", "\"\"", "parameters.series.series_instance_uid")]
    [InlineData("image-received", "parameters.image.sop_instance_uid", null, "parameters.image.sop_instance_uid")]
    [InlineData("image-received", "parameters.image.dimensions.rows", "\"many\"", "parameters.image.dimensions.rows")]
    [InlineData("image-received", "parameters.image.thumbnail.height", "1.5", "parameters.image.thumbnail.height")]
    public void The_field_that_is_wrong_is_named(string message, string field, string? value, string named)
    {
        var read = GatewayEvent.Parse(Golden.With(message, field, value is null ? null : JsonNode.Parse(value)));

        Assert.Equal(named, read.Error?.Field);
        Assert.False(EventReply.Error(read.Error!).CountsAsDelivered);
    }

    [Fact]
    public void An_event_of_tomorrow_is_answered_with_unknown_event()
    {
        var message = GatewayEvent.Parse("""{"event_type":"mpps.deleted","message_id":"7"}"""u8).Value;

        var reply = EventReply.UnknownEvent(Assert.IsType<GatewayEvent.Unsupported>(message));

        Assert.Equal("""{"status":"unknown_event","message_id":"7","message":"Unknown event: mpps.deleted"}""", Encoding.UTF8.GetString(reply.ToJson()));
        Assert.False(reply.CountsAsDelivered);
    }

    [Fact]
    public void A_thumbnail_is_a_JPEG_or_nothing()
    {
        Assert.True(ImageThumbnail.FromJpeg([0xFF, 0xD8, 0xFF, 0xE0], 1, 1).TryGetJpeg(out var jpeg));
        Assert.Equal<byte>([0xFF, 0xD8, 0xFF, 0xE0], jpeg);

        Assert.False(ImageThumbnail.FromJpeg("<script>"u8, 1, 1).TryGetJpeg(out _));
        Assert.False(new ImageThumbnail { Data = "not base64!" }.TryGetJpeg(out _));
        Assert.False(new ImageThumbnail().TryGetJpeg(out _));
    }

    [Fact]
    public void An_image_with_a_bad_thumbnail_is_still_an_image() =>
        Assert.True(GatewayEvent.Parse(Golden.With("image-received", "parameters.image.thumbnail.data", "!!")).Succeeded);

    [Theory]
    [InlineData("2026-01-05T11:35:00+01:00")]
    [InlineData("2026-01-05T10:35:00")]
    [InlineData("2026-01-05T10:35:00.000000+00:00")]
    public void Other_forms_of_a_time_mean_the_same_moment(string time)
    {
        var message = GatewayEvent.Parse(Golden.With("image-received", "timestamp", time)).Value!;

        Assert.Equal(new DateTimeOffset(2026, 1, 5, 10, 35, 0, TimeSpan.Zero), message.Timestamp);
    }
}
