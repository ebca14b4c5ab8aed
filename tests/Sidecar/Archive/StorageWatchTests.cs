using System.Net;
using Gantry.Sidecar.Archive.Check;
using Gantry.Sidecar.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Orthanc.Net;
using Orthanc.Net.Tests;

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
    public async Task A_full_disk_shows_in_an_upload_that_Orthanc_could_not_write_and_the_caller_still_reads_why()
    {
        // What 1.10 and 1.12 answered on a disk without room
        var answer = """{"HttpStatus":500,"Message":"Cannot write to file","OrthancError":"Cannot write to file","OrthancStatus":14}"""u8.ToArray();
        await using var stub = await StubOrthanc.AnsweringAsync(async context =>
        {
            (context.Response.StatusCode, context.Response.ContentLength) = (500, answer.Length);
            await context.Response.Body.WriteAsync(answer);
        });
        await using var gateway = await RunningGateway.StartAsync("Orthanc:Enabled=true", $"Orthanc:Url={stub.Address}", "Orthanc:DicomPort=1");
        using var nothing = new MemoryStream();
        var error = await Assert.ThrowsAnyAsync<OrthancAnswerException>(
            () => gateway.Services.GetRequiredService<OrthancClient>().Instances.UploadAsync(nothing));
        Assert.Equal("Cannot write to file", error.OrthancMessage);
        Assert.Equal("failed", gateway.Services.GetRequiredService<StorageWatch>().Step(null).Status);
    }

    [Theory]
    [InlineData(500L << 30, 1000L << 30, null)]
    [InlineData(5L << 30, 1000L << 30, "warning")]
    [InlineData(500L << 20, 10L << 30, "warning")]
    [InlineData(50L << 20, 10L << 30, "failed")]
    [InlineData(0, 10L << 30, "failed")]
    public void A_disk_that_fills_up_is_named_before_it_is_full(long free, long size, string? status) =>
        Assert.Equal(status, new DiskSpace(free, size).Step()?.Status);

    [Fact]
    public void A_disk_is_looked_at_where_its_folder_is()
    {
        Assert.InRange(DiskSpace.Of(Path.GetTempPath())!.Value.Free, 0, long.MaxValue);
        Assert.Null(DiskSpace.Of("/not/on/this/machine"));
        Assert.Null(DiskSpace.Of(""));
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
