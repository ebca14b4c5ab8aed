using System.Collections.Concurrent;
using Gantry.Contracts;
using Gantry.Relay;
using Gantry.Worklist.Tests.Engines;

namespace Gantry.Bench.Cloud.Story;

/// <summary>Two hundred hospitals on one instance of the cloud: each is sent participants, and tells of their exams.</summary>
internal static class ManyGatewaysBench
{
    private const int Gateways = 200, Each = 5, ClicksPerSecond = 50;

    public static async Task<IReadOnlyList<Figures>> RunAsync(string work, PrivatePostgres server, CancellationToken cancellationToken)
    {
        await using var scene = await CloudScene.StartAsync(work, "gateways", server, cancellationToken);
        var gateways = await scene.Data.GatewaysAsync(Gateways, cancellationToken);
        var exams = new List<BenchExam>();
        foreach (var (id, _) in gateways) exams.AddRange(await scene.Data.ClinicsAsync(1, Each, id, cancellationToken));
        // Hybrid connections are made at the start
        await scene.Cloud.RestartAsync(cancellationToken);

        var arrived = new ConcurrentDictionary<string, long>();
        var (telling, replies) = (new ConcurrentBag<Task>(), new ConcurrentBag<double>());
        await using var events = new RelayMessenger(new() { Endpoint = scene.Cloud.Endpoint(CloudApp.EventsPath) });
        var listeners = gateways.ConvertAll(gateway => new RelayListener(new() { Endpoint = scene.Cloud.Endpoint(gateway.Path) }, (message, _) =>
        {
            var action = (GatewayAction.CreateItem)GatewayAction.Parse(message.Body.Span).Value!;
            if (arrived.TryAdd(action.SourceReference!.AppointmentId!, TimeProvider.System.GetTimestamp())) telling.Add(TellAsync(action));
            return ValueTask.FromResult<ReadOnlyMemory<byte>>(ActionReply.Created(action.ActionId).ToJson());
        }));
        listeners.ForEach(listener => listener.Start());
        var begun = TimeProvider.System.GetTimestamp();
        foreach (var listener in listeners) await listener.WaitUntilRegisteredAsync(cancellationToken);
        var registering = TimeProvider.System.GetElapsedTime(begun).TotalMilliseconds;

        var cookies = await scene.Cloud.SignInAsync(cancellationToken);
        using var browser = scene.Cloud.Browser(cookies);
        var token = await CloudApp.FormTokenAsync(browser, $"/clinic/{exams[0].Clinic}", cancellationToken);
        var clicked = new ConcurrentDictionary<string, long>();
        var answers = new ConcurrentBag<double>();
        var load = new Load(("cloud", scene.Cloud.ProcessorSeconds), ("database", scene.DatabaseSeconds));
        var clicks = new List<Task>();
        using (var pace = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / ClicksPerSecond)))
        {
            foreach (var exam in exams.Index().OrderBy(one => one.Index % Each).Select(one => one.Item))
            {
                await pace.WaitForNextTickAsync(cancellationToken);
                clicks.Add(ClickAsync(exam));
            }
        }

        await Task.WhenAll(clicks);
        using (var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
        {
            patience.CancelAfter(TimeSpan.FromMinutes(2));
            while (await scene.Data.CountAsync("appointments WHERE state = 'complete'", patience.Token) < exams.Count) await Task.Delay(100, patience.Token);
        }

        await Task.WhenAll(telling);
        var shares = load.Shares();
        var table = new Figures($"{Gateways} gateways, {exams.Count:N0} clicks, {ClicksPerSecond} a second, {exams.Count * 2:N0} status messages back");
        table.Add("all registered after", registering, "ms");
        table.Add("click until the page's answer", [.. answers]);
        table.Add("click until the gateway has the action", [.. clicked.Select(one => TimeProvider.System.GetElapsedTime(one.Value, arrived[one.Key]).TotalMilliseconds)], 500);
        table.Add("a gateway's status message until its reply", [.. replies]);
        table.Add("actions confirmed", await scene.Data.CountAsync("gateway_actions WHERE confirmed_at IS NOT NULL", cancellationToken), "", atLeast: exams.Count);
        table.Add("processor", shares);
        table.Add("memory of the cloud, peak resident", scene.Cloud.PeakMegabytes() ?? 0, "MB");
        foreach (var listener in listeners) await listener.DisposeAsync();
        return [table.Print()];

        async Task ClickAsync(BenchExam exam)
        {
            var at = clicked[exam.Appointment.ToString()] = TimeProvider.System.GetTimestamp();
            using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["appointmentId"] = exam.Appointment.ToString(), ["__RequestVerificationToken"] = token });
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/clinic/{exam.Clinic}?handler=Send") { Content = form };
            request.Headers.Add("Accept", "application/json");
            using var answer = await browser.SendAsync(request, cancellationToken);
            if (!answer.IsSuccessStatusCode) throw new BenchException($"A click was answered with {(int)answer.StatusCode}.");
            answers.Add(TimeProvider.System.GetElapsedTime(at).TotalMilliseconds);
        }

        async Task TellAsync(GatewayAction.CreateItem action)
        {
            foreach (var status in BenchMessages.Statuses)
            {
                var message = new GatewayEvent.StatusUpdated(
                    new() { ActionId = action.ActionId, AccessionNumber = action.Item.AccessionNumber, Status = status, MppsInstanceUid = "2.25.1" })
                {
                    MessageId = Guid.NewGuid().ToString(), Timestamp = TimeProvider.System.GetUtcNow(), SourceSystem = "gateway-mwl",
                };
                var start = TimeProvider.System.GetTimestamp();
                await events.SendAsync(message.ToJson(), cancellationToken);
                replies.Add(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds);
            }
        }
    }
}
