using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gantry.EndToEnd.Tests.OldClients;

namespace Gantry.EndToEnd.Tests.Killed;

/// <summary>What befalls the parts of the system, in an order and at moments that a seed chooses.</summary>
internal sealed class Misfortunes : IAsyncDisposable
{
    private readonly GantrySystem _system;
    private readonly RelayLine _line;
    private readonly Random _dice;
    private readonly MortalService _sidecar, _orthanc, _postgres, _cloud;
    private readonly ConcurrentQueue<string> _told = new();
    private readonly long _start = TimeProvider.System.GetTimestamp();

    public Misfortunes(GantrySystem system, RelayLine line, int seed)
    {
        (_system, _line, _dice) = (system, line, new(seed));
        (_sidecar, _orthanc, _postgres, _cloud) = (new(system, "sidecar"), new(system, "orthanc"), new(system, "postgres"), new(system, "cloud"));
    }

    /// <summary>What happened, and when.</summary>
    public string Told => string.Join("\n", _told);

    /// <summary>Everything that can happen does, but for a line that is away for long; the sidecar's death several times.</summary>
    public async Task HappenAsync()
    {
        (string Name, Func<Task> Strike)[] all =
        [
            ("sidecar killed", () => _sidecar.RestartAsync("KILL", Moment(0, 2))), ("sidecar killed", () => _sidecar.RestartAsync("KILL", Moment(0, 2))),
            ("sidecar killed twice", KillTwiceAsync), ("relay cut", () => LineAsync(_line.Cut)),
            ("database restarted", () => _postgres.RestartAsync(Either("INT", "QUIT"), Moment(0, 3))), ("archive restarted", () => _orthanc.RestartAsync(Either("TERM", "KILL"), Moment(0, 3))),
            ("cloud killed", () => _cloud.RestartAsync("KILL", Moment(0, 2))), ("messages repeated", RepeatEverythingAsync),
        ];
        _dice.Shuffle(all);
        foreach (var (name, strike) in all)
        {
            await PauseAsync(Moment(0.3, 3));
            Note(name);
            await strike();
        }
        Note("nothing more happens");
    }

    /// <summary>The line is cut for a minute.</summary>
    public async Task LineIsCutForAMinuteAsync()
    {
        Note("relay cut for a minute");
        _line.Cut();
        await PauseAsync(TimeSpan.FromMinutes(1));
        _line.Mend();
        Note("relay back");
    }

    /// <summary>The sidecar dies in a while.</summary>
    public async Task SidecarIsKilledAsync()
    {
        await PauseAsync(Moment(0.1, 20));
        Note("sidecar killed");
        await _sidecar.RestartAsync("KILL", Moment(0, 2));
    }

    /// <summary>The line goes dead for a moment, and nothing that follows breaks the connections which stay dead: they must be found out.</summary>
    public async Task LineGoesDeadAsync()
    {
        Note("relay dead, and nobody cuts it");
        await LineAsync(_line.GoDead);
    }

    /// <summary>Writes something down beside what happened.</summary>
    public void Note(string what) => _told.Enqueue(string.Create(
        CultureInfo.InvariantCulture, $"{TimeProvider.System.GetElapsedTime(_start).TotalSeconds,6:0.0} s {what}"));

    /// <summary>Every message that the cloud has taken, and every action that it has sent, once more.</summary>
    public Task RepeatEverythingAsync() => Patience.UntilAsync(async () =>
    {
        try
        {
            foreach (var row in Rows(await new Psql(_system).RunAsync("gantry_cloud", "SELECT json_agg(e) FROM status_events AS e WHERE message_id IS NOT NULL")))
                await RepeatAsync(RawClient.Events, Status(row).ToJsonString(), row.GetProperty("reply").GetString()!);
            foreach (var row in Rows(await new Psql(_system).RunAsync("gantry_cloud", """
                SELECT json_agg(e) FROM (SELECT message_id, sop_instance_uid, series_instance_uid, study_instance_uid, accession_number, nhs_number
                    FROM images JOIN series ON series.id = series_id JOIN studies ON studies.id = study_id) AS e
                """)))
                await RepeatAsync(RawClient.Events, Image(row).ToJsonString(), "already_exists");
            foreach (var row in Rows(await new Psql(_system).RunAsync("gantry_cloud", "SELECT json_agg(e) FROM (SELECT payload FROM gateway_actions WHERE confirmed_at IS NOT NULL) AS e")))
                await RepeatAsync(RawClient.Actions, row.GetProperty("payload").GetString()!, "created");
            return (true, "");
        }
        catch (Exception error) when (error is not Xunit.Sdk.EqualException)
        {
            // Somebody is away just now
            return (false, error.Message);
        }
    }, TimeSpan.FromMinutes(2));

    public async ValueTask DisposeAsync()
    {
        foreach (var service in new[] { _sidecar, _orthanc, _cloud, _postgres })
            await service.DisposeAsync();
    }

    private async Task RepeatAsync(string connection, string message, string reply) =>
        Assert.Equal(reply, (await new RawClient(_system, connection).SendAsync(message)).GetProperty("status").GetString());

    private async Task KillTwiceAsync()
    {
        await _sidecar.RestartAsync("KILL", TimeSpan.Zero);
        await PauseAsync(Moment(0.1, 2));
        await _sidecar.RestartAsync("KILL", TimeSpan.Zero);
    }

    private async Task LineAsync(Action breaks)
    {
        breaks();
        await PauseAsync(Moment(2, 6));
        _line.Mend();
    }

    private string Either(string one, string other) => _dice.Next(2) == 0 ? one : other;

    private TimeSpan Moment(double from, double to) => TimeSpan.FromSeconds(from + (_dice.NextDouble() * (to - from)));

    private static async Task PauseAsync(TimeSpan pause)
    {
        using var timer = new PeriodicTimer(pause);
        await timer.WaitForNextTickAsync();
    }

    private static JsonElement.ArrayEnumerator Rows(string json) => JsonDocument.Parse(json.Length == 0 ? "[]" : json).RootElement.EnumerateArray();

    private static JsonObject Status(JsonElement row)
    {
        var message = OldMessages.Status(
            row.GetProperty("action_id").GetString(), row.GetProperty("accession_number").GetString()!, row.GetProperty("status").GetString()!);
        message["message_id"] = row.GetProperty("message_id").GetString();
        return message;
    }

    private static JsonObject Image(JsonElement row)
    {
        var message = OldMessages.Image(row.GetProperty("accession_number").GetString()!, row.GetProperty("nhs_number").GetString()!, row.GetProperty("study_instance_uid").GetString()!);
        message["message_id"] = row.GetProperty("message_id").GetString();
        message["parameters"]!["series"]!["series_instance_uid"] = row.GetProperty("series_instance_uid").GetString();
        message["parameters"]!["image"]!["sop_instance_uid"] = row.GetProperty("sop_instance_uid").GetString();
        return message;
    }
}
