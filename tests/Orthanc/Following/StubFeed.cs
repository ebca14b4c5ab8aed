using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Orthanc.Net.Tests;

/// <summary>A change feed that answers from a script; when the script is at its end, nothing is new.</summary>
internal sealed class StubFeed : IAsyncDisposable
{
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _script = new();
    private readonly ConcurrentQueue<long> _asked = new();
    private StubOrthanc _stub = null!;

    /// <summary>The numbers that were asked for, in order.</summary>
    public IReadOnlyList<long> Asked => [.. _asked];

    public static async Task<StubFeed> StartAsync()
    {
        var feed = new StubFeed();
        feed._stub = await StubOrthanc.AnsweringAsync(feed.AnswerAsync);
        return feed;
    }

    public OrthancClient Client(TimeProvider time) => _stub.Client(time: time);

    /// <summary>The next answer: these numbers.</summary>
    public StubFeed Then(bool done, params long[] sequences) => Then(context => WriteAsync(context, done, sequences));

    public StubFeed Then(Func<HttpContext, Task> answer)
    {
        _script.Enqueue(answer);
        return this;
    }

    public StubFeed ThenFails(int times)
    {
        for (var i = 0; i < times; i++)
        {
            Then(context =>
            {
                context.Response.StatusCode = 503;
                return Task.CompletedTask;
            });
        }
        return this;
    }

    public ValueTask DisposeAsync() => _stub.DisposeAsync();

    public static Task WriteAsync(HttpContext context, bool done, params long[] sequences)
    {
        var changes = sequences.Select(sequence =>
            $$"""{"ChangeType":"NewInstance","Date":"20261121T005121","ID":"i{{sequence}}","Path":"/instances/i{{sequence}}","ResourceType":"Instance","Seq":{{sequence}}}""");
        context.Response.ContentType = "application/json";
        var last = sequences.Length > 0 ? sequences[^1] : 1000;
        return context.Response.WriteAsync($$"""{"Changes":[{{string.Join(',', changes)}}],"Done":{{(done ? "true" : "false")}},"Last":{{last}}}""");
    }

    private Task AnswerAsync(HttpContext context)
    {
        _asked.Enqueue(long.Parse(context.Request.Query["since"]!, CultureInfo.InvariantCulture));
        return _script.TryDequeue(out var answer) ? answer(context) : WriteAsync(context, done: true);
    }
}
