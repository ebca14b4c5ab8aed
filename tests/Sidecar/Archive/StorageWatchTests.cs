using System.Net;
using Gantry.Sidecar.Archive.Check;

namespace Gantry.Sidecar.Tests.Archive;

public sealed class StorageWatchTests
{
    private readonly StorageWatch _watch = new(TimeProvider.System);

    [Theory]
    [InlineData(HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(HttpStatusCode.InsufficientStorage)]
    public void A_refused_upload_stays_known_until_one_is_taken(HttpStatusCode refused)
    {
        _watch.NoteUpload(refused);
        Assert.Equal(("failed", "store"), (_watch.Step(7).Status, _watch.Step(7).Phase));
        Assert.Contains("make room", _watch.Step(7).Detail, StringComparison.Ordinal);
        _watch.NoteUpload(HttpStatusCode.OK);
        Assert.Equal("passed", _watch.Step(7).Status);
    }

    [Fact]
    public void A_C_STORE_that_found_no_resources_counts_and_another_error_does_not()
    {
        _watch.NoteStore(0xC000);
        _watch.NoteStore(0x0122);
        Assert.Equal("passed", _watch.Step(null).Status);
        _watch.NoteStore(0xA700);
        Assert.Contains("0xA700", _watch.Step(null).Detail, StringComparison.Ordinal);
        _watch.NoteStore(0x0000);
        Assert.Equal("passed", _watch.Step(null).Status);
    }

    [Fact]
    public void An_image_of_another_sender_that_was_taken_heals_it()
    {
        _watch.NoteStore(0xA702);
        Assert.Equal("failed", _watch.Step(100).Status);
        Assert.Equal("failed", _watch.Step(90).Status); // somebody makes room
        Assert.Equal("failed", _watch.Step(90).Status);
        Assert.Equal("passed", _watch.Step(91).Status);
    }
}
