using Microsoft.AspNetCore.Http;

namespace Orthanc.Net.Tests;

/// <summary>Answers that look like a success and are none.</summary>
public sealed class DamagedAnswerTests
{
    private const string Whole = """{"Changes":[],"Done":true,"Last":0}""";

    [Theory]
    [InlineData("""{"Changes":[],"Done":tr""")]
    [InlineData("""{"Changes":[],"Done":true}""")]
    [InlineData("""{"Changes":[{"Seq":1}],"Done":true,"Last":1}""")]
    [InlineData("""{"Changes":[],"Done":"maybe","Last":1}""")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData(Whole + "}")]
    public async Task Damaged_JSON_is_a_format_error(string body)
    {
        await using var stub = await StubOrthanc.AnsweringAsync(200, body);

        var error = await Assert.ThrowsAsync<OrthancFormatException>(() => stub.Client().Changes.GetPageAsync(0));

        Assert.Equal(OrthancPhase.Read, error.Phase);
    }

    [Fact]
    public async Task What_a_newer_Orthanc_adds_is_left_alone()
    {
        await using var stub = await StubOrthanc.AnsweringAsync(200,
            """{"Version":"1.12.7","ApiVersion":"28","HasLabels":true,"Capabilities":{"HasExtendedFind":true},"UserMetadata":{},"DicomPort":4242}""");

        var system = await stub.Client().Server.GetSystemAsync();

        Assert.Equal(("1.12.7", 28, true), (system.Version, system.ApiVersion, system.HasLabels));
    }

    [Fact]
    public async Task A_study_of_1_12_has_labels_and_requested_tags()
    {
        await using var stub = await StubOrthanc.AnsweringAsync(200,
            """{"ID":"a","Type":"Study","IsStable":true,"Labels":["urgent"],"LastUpdate":"20261121T005122","ParentPatient":"p","Series":["s"],"MainDicomTags":{"StudyID":null,"ReferencedStudySequence":[{"a":"b"}]},"PatientMainDicomTags":{},"RequestedTags":{"ModalitiesInStudy":"CT\\MR"}}""");

        var study = await stub.Client().Studies.GetAsync("a");

        Assert.Equal(("urgent", "CT\\MR", ""), (Assert.Single(study.Labels!), study.RequestedTags!["ModalitiesInStudy"], study.Tag("StudyID")));
        Assert.Equal("""[{"a":"b"}]""", study.Tag("ReferencedStudySequence"));
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 0, 51, 22, TimeSpan.Zero), study.LastUpdate);
    }

    [Fact]
    public async Task Another_program_at_this_address_is_noticed()
    {
        await using var stub = await StubOrthanc.AnsweringAsync(200, "<html>Log in</html>", "text/html");

        var error = await Assert.ThrowsAsync<OrthancFormatException>(() => stub.Client().Server.GetSystemAsync());
        Assert.Contains("text/html instead of JSON", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<OrthancFormatException>(() => stub.Client().Instances.RenderAsync("id"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_huge_answer_is_not_taken_into_memory(bool hasLength)
    {
        await using var stub = await StubOrthanc.AnsweringAsync(async (context, stub) =>
        {
            context.Response.ContentType = "application/json";
            if (hasLength)
                context.Response.ContentLength = 1L << 40;
            // No end: a client that reads on would never return
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.WriteAsync("[" + new string(' ', 100_000), context.RequestAborted);
        });

        var error = await Assert.ThrowsAsync<OrthancFormatException>(
            () => stub.Client(options => options.MaximumJsonLength = 1_000_000).Studies.ListIdsAsync());

        Assert.Contains("1000000 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_are_sent_and_the_path_of_a_proxy_is_kept()
    {
        var seen = "";
        await using var stub = await StubOrthanc.AnsweringAsync(async context =>
        {
            seen = $"{context.Request.Path} {context.Request.Headers.Authorization} {context.Request.Headers.Accept}";
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(Whole);
        });
        var client = stub.Client(options => (options.BaseAddress, options.Username, options.Password) = (new(stub.Address, "pacs"), "a", "b"));

        await client.Changes.GetPageAsync(0);

        Assert.Equal("/pacs/changes Basic YTpi application/json", seen);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("http://user:secret@localhost/")]
    public void An_address_that_is_missing_or_holds_a_password_is_refused(string? address)
    {
        using var http = new HttpClient();

        var error = Assert.Throws<ArgumentException>(() => new OrthancClient(http, new() { BaseAddress = address is null ? null : new Uri(address) }));

        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }
}
