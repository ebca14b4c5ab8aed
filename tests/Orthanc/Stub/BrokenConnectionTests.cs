using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Orthanc.Net.Tests;

/// <summary>Connections that fail, break or stand still: each names its phase.</summary>
public sealed class BrokenConnectionTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(200);

    [Fact]
    public Task A_host_that_does_not_exist_fails_to_resolve() =>
        FailsAsync(Clients.Of(new OrthancClientOptions { BaseAddress = new("http://orthanc.invalid/") }), OrthancPhase.Resolve, "resolve", isTimeout: false);

    [Fact]
    public async Task A_port_where_nobody_listens_fails_to_connect()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"http://{listener.LocalEndpoint}/");
        listener.Stop();

        await FailsAsync(Clients.Of(new OrthancClientOptions { BaseAddress = address }), OrthancPhase.Connect, "Check that Orthanc runs", isTimeout: false);
    }

    [Fact]
    public async Task A_server_without_TLS_fails_in_TLS()
    {
        await using var stub = await StubOrthanc.AnsweringAsync(200, "{}");

        await FailsAsync(stub.Client(options => options.BaseAddress = new UriBuilder(stub.Address) { Scheme = "https" }.Uri), OrthancPhase.Tls, "certificate", isTimeout: false);
    }

    [Fact]
    public async Task A_TLS_server_that_says_nothing_fails_to_connect_in_time()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var client = Clients.Of(new OrthancClientOptions { BaseAddress = new($"https://{listener.LocalEndpoint}/"), ConnectTimeout = Short });

        await FailsAsync(client, OrthancPhase.Connect, "in time", isTimeout: true);
    }

    [Fact]
    public async Task A_reset_before_the_answer_is_named()
    {
        await using var stub = await StubOrthanc.AnsweringAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        await FailsAsync(stub.Client(), OrthancPhase.AwaitReply, "restarting", isTimeout: false);
    }

    [Fact]
    public async Task An_answer_that_does_not_come_ends_in_time()
    {
        await using var stub = await StubOrthanc.AnsweringAsync((context, stub) => stub.StallAsync(context));

        await FailsAsync(stub.Client(options => options.AnswerTimeout = Short), OrthancPhase.AwaitReply, "nothing moved for 0.2 s", isTimeout: true);
    }

    [Fact]
    public async Task The_limit_of_a_foreign_HttpClient_is_named_as_such()
    {
        await using var stub = await StubOrthanc.AnsweringAsync((context, stub) => stub.StallAsync(context));
        using var http = new HttpClient { BaseAddress = stub.Address, Timeout = Short };

        await FailsAsync(new OrthancClient(http), OrthancPhase.AwaitReply, "HttpClient allows", isTimeout: true);
    }

    [Fact]
    public async Task An_answer_that_stops_in_the_middle_ends_in_time()
    {
        await using var stub = await StubOrthanc.AnsweringAsync(async (context, stub) =>
        {
            await BeginAsync(context);
            await stub.StallAsync(context);
        });

        await FailsAsync(stub.Client(options => options.ReadTimeout = Short), OrthancPhase.Read, "nothing moved", isTimeout: true);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_no_answer()
    {
        // Fewer bytes than announced: Kestrel closes the connection
        await using var stub = await StubOrthanc.AnsweringAsync(BeginAsync);

        await FailsAsync(stub.Client(), OrthancPhase.Read, "restarting", isTimeout: false);
    }

    [Fact]
    public async Task A_download_that_breaks_off_is_not_taken_for_the_whole_file()
    {
        // Reset once the client has begun to read
        var hasBegun = new TaskCompletionSource();
        await using var stub = await StubOrthanc.AnsweringAsync(async context =>
        {
            await BeginAsync(context);
            await hasBegun.Task;
            context.Abort();
        });
        await using var download = await stub.Client().Instances.DownloadAsync("id");
        hasBegun.SetResult();

        var error = await Assert.ThrowsAsync<OrthancConnectionException>(() => download.Content.CopyToAsync(Stream.Null));

        Assert.Equal(OrthancPhase.Read, error.Phase);
    }

    [Fact]
    public async Task A_download_that_stands_still_ends_in_time()
    {
        await using var stub = await StubOrthanc.AnsweringAsync(async (context, stub) =>
        {
            await BeginAsync(context);
            await stub.StallAsync(context);
        });
        await using var download = await stub.Client(options => options.ReadTimeout = Short).Instances.DownloadAsync("id");

        Assert.True((await Assert.ThrowsAsync<OrthancConnectionException>(() => download.ReadAllAsync(1000))).IsTimeout);
    }

    [Fact]
    public async Task An_upload_that_nobody_takes_ends_in_time_while_sending()
    {
        await using var stub = await StubOrthanc.AnsweringAsync((context, stub) => stub.StallAsync(context));
        var client = stub.Client(options => options.SendTimeout = Short);

        var error = await Assert.ThrowsAsync<OrthancConnectionException>(() => client.Instances.UploadAsync(new MemoryStream(new byte[64 * 1024 * 1024])));

        Assert.Equal((OrthancPhase.Send, true), (error.Phase, error.IsTimeout));
    }

    [Fact]
    public async Task An_upload_that_is_cut_names_the_sending()
    {
        await using var stub = await StubOrthanc.AnsweringAsync(async context =>
        {
            await context.Request.Body.ReadAtLeastAsync(new byte[1_000_000], 1_000_000);
            context.Abort();
        });

        var error = await Assert.ThrowsAsync<OrthancConnectionException>(() => stub.Client().Instances.UploadAsync(new MemoryStream(new byte[64 * 1024 * 1024])));

        Assert.Equal((OrthancPhase.Send, false), (error.Phase, error.IsTimeout));
    }

    [Fact]
    public async Task An_upload_may_take_long_as_long_as_it_moves()
    {
        // The answer's clock starts when the last byte has gone
        await using var stub = await StubOrthanc.AnsweringAsync(async (context, stub) =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            await stub.StallAsync(context);
        });
        var client = stub.Client(options => options.AnswerTimeout = Short);

        var error = await Assert.ThrowsAsync<OrthancConnectionException>(() => client.Instances.UploadAsync(new MemoryStream(new byte[1_000_000])));

        Assert.Equal((OrthancPhase.AwaitReply, true), (error.Phase, error.IsTimeout));
    }

    [Fact]
    public async Task Cancellation_is_no_failure_of_Orthanc()
    {
        using var cancelled = new CancellationTokenSource();
        await using var stub = await StubOrthanc.AnsweringAsync(async (context, stub) =>
        {
            await cancelled.CancelAsync();
            await stub.StallAsync(context);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stub.Client().Server.GetSystemAsync(cancelled.Token));
    }

    [Fact]
    public async Task Cancellation_ends_a_download_in_the_middle()
    {
        await using var stub = await StubOrthanc.AnsweringAsync(async (context, stub) =>
        {
            await BeginAsync(context);
            await stub.StallAsync(context);
        });
        await using var download = await stub.Client().Instances.DownloadAsync("id");
        using var cancelled = new CancellationTokenSource();
        var reading = download.Content.CopyToAsync(Stream.Null, cancelled.Token);

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    private static async Task BeginAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = 100;
        await context.Response.WriteAsync("{\"Version\":");
        await context.Response.Body.FlushAsync();
    }

    private static async Task FailsAsync(OrthancClient client, OrthancPhase phase, string words, bool isTimeout)
    {
        var error = await Assert.ThrowsAsync<OrthancConnectionException>(() => client.Server.GetSystemAsync());

        Assert.Equal((phase, isTimeout), (error.Phase, error.IsTimeout));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Equal("/system", error.Uri.AbsolutePath);
    }
}
