using System.Globalization;
using System.Text.Json;

namespace Gantry.Cloud.Tests.System;

/// <summary>What a browser's EventSource reads: ids and data, event by event.</summary>
internal sealed class EventStream(HttpResponseMessage answer, Stream body) : IDisposable
{
    private readonly StreamReader _reader = new(body);

    public HttpResponseMessage Answer => answer;

    /// <summary>The id of the newest event.</summary>
    public long LastId { get; private set; }

    public async Task<JsonElement> NextAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var data = "";
        while (await _reader.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                LastId = long.Parse(line[4..], CultureInfo.InvariantCulture);
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                data = line[6..];
            else if (line.Length == 0 && data.Length > 0)
                return JsonDocument.Parse(data).RootElement;
            else
                Assert.True(line.Length == 0 || line[0] == ':', $"'{line}' is neither id, data nor a comment");
        }
        throw new EndOfStreamException("The stream ended.");
    }

    /// <summary>The next line, which must be a comment.</summary>
    public async Task<string?> CommentAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return await _reader.ReadLineAsync(patience.Token);
    }

    /// <summary>The next event of a type; others before it fail the test.</summary>
    public async Task<JsonElement> NextAsync(string type)
    {
        var happened = await NextAsync();
        Assert.Equal(type, happened.GetProperty("type").GetString());
        return happened;
    }

    public void Dispose()
    {
        _reader.Dispose();
        answer.Dispose();
    }
}
