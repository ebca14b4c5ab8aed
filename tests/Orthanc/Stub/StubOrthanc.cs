using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Orthanc.Net.Tests;

/// <summary>A server that answers as the test says: the real Orthanc does not break on demand.</summary>
internal sealed class StubOrthanc : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _requests;

    private StubOrthanc(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single() + "/");

    public int Requests => Volatile.Read(ref _requests);

    public static async Task<StubOrthanc> AnsweringAsync(Func<HttpContext, StubOrthanc, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var stub = new StubOrthanc(builder.Build());
        stub._app.Run(async context =>
        {
            Interlocked.Increment(ref stub._requests);
            await answer(context, stub);
        });
        await stub._app.StartAsync();
        return stub;
    }

    public static Task<StubOrthanc> AnsweringAsync(Func<HttpContext, Task> answer) => AnsweringAsync((context, _) => answer(context));

    /// <summary>Answers every request with this status and body.</summary>
    public static Task<StubOrthanc> AnsweringAsync(int status, string body, string? contentType = "application/json") =>
        AnsweringAsync(async context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = contentType;
            await context.Response.WriteAsync(body);
        });

    /// <summary>Does nothing until the client leaves or the test ends.</summary>
    public Task StallAsync(HttpContext context) => Task.WhenAny(_end.Task, Aborted(context));

    public OrthancClient Client(Action<OrthancClientOptions>? configure = null, TimeProvider? time = null)
    {
        var options = new OrthancClientOptions { BaseAddress = Address };
        configure?.Invoke(options);
        return Clients.Of(options, time);
    }

    public async ValueTask DisposeAsync()
    {
        _end.TrySetResult();
        await _app.DisposeAsync();
    }

    private static Task Aborted(HttpContext context)
    {
        var aborted = new TaskCompletionSource();
        context.RequestAborted.Register(() => aborted.TrySetResult());
        return aborted.Task;
    }
}
