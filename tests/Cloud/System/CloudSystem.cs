using System.Collections.Concurrent;
using System.Net;
using Gantry.Cloud.Accounts;
using Gantry.Cloud.Appointments;
using Gantry.Cloud.Clinics;
using Gantry.Cloud.Data;
using Gantry.Cloud.Events;
using Gantry.Cloud.Gateways;
using Gantry.Cloud.Hosting;
using Gantry.Contracts;
using Gantry.Relay;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gantry.Cloud.Tests.System;

/// <summary>The cloud in a real Kestrel on a free port, with its embedded relay and a real database.</summary>
internal sealed class CloudSystem : IAsyncDisposable
{
    public const string Key = "sesame";

    private readonly WebApplication _app;
    private static int _participants = 5000;

    private CloudSystem(WebApplication app, LineCollector log) => (_app, Log) = (app, log);

    public LineCollector Log { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>http://127.0.0.1:PORT, without a slash at the end.</summary>
    public string Address => _app.Urls.Single();

    public static async Task<CloudSystem> StartAsync(string database, bool demo = true, params string[] more)
    {
        var log = new LineCollector();
        string[] arguments =
        [
            $"--ConnectionStrings:Cloud={database}", $"--Demo:Enabled={demo}", $"--AZURE_RELAY_SHARED_ACCESS_KEY={Key}", "--urls=http://127.0.0.1:0", "--CLOUD_SIGN_INS_PER_MINUTE=100000", .. more,
        ];
        var app = await CloudHost.BuildAsync(arguments, builder => builder.Services.AddSingleton<ILoggerProvider>(log));
        var system = new CloudSystem(app, log);
        await app.StartAsync();
        await EventuallyAsync(() => Task.FromResult(app.Services.GetRequiredService<EventListener>().Status is { IsRegistered: true }));
        return system;
    }

    /// <summary>A gateway that answers actions.</summary>
    public async Task<RelayListener> GatewayAsync(string path, Func<GatewayAction, ActionReply> answer)
    {
        var listener = new RelayListener(new() { Endpoint = Endpoint(path), FirstPause = TimeSpan.FromMilliseconds(50) },
            (message, _) => ValueTask.FromResult<ReadOnlyMemory<byte>>(answer(GatewayAction.Parse(message.Body.Span).Value!).ToJson()));
        listener.Start();
        await listener.WaitUntilRegisteredAsync().WaitAsync(TimeSpan.FromSeconds(30));
        return listener;
    }

    public RelayEndpoint Endpoint(string path) => new()
    {
        Namespace = new Uri(Address.Replace("http", "ws", StringComparison.Ordinal)), Path = path,
        Tokens = new SharedAccessKeyTokenProvider("RootManageSharedAccessKey", Key),
    };

    /// <summary>What the cloud answers to a message, without the relay in between.</summary>
    public Task<EventReply> TellAsync(GatewayEvent message) => TellAsync(message.ToJson());

    public Task<EventReply> TellAsync(byte[] json) => Services.GetRequiredService<EventHandling>().AnswerAsync(json, CancellationToken.None);

    /// <summary>A clinic with one appointment, not in the demo's clinic, with a gateway of its own.</summary>
    public async Task<Someone> SomeoneAsync(string first = "Ada", string last = "Byron", AppointmentState state = AppointmentState.CheckedIn, bool withGateway = true)
    {
        var number = NextNhsNumber();
        var participant = new Participant { Id = Guid.NewGuid(), NhsNumber = number, FirstName = first, LastName = last, BirthDate = new(1960, 2, 3) };
        var gateway = new Gateway { Id = Guid.NewGuid(), Name = $"Gateway {number}", HybridConnection = $"gateway-{Guid.NewGuid():N}" };
        var provider = new Provider { Id = Guid.NewGuid(), Name = "Test provider", GatewayId = withGateway ? gateway.Id : null };
        var clinic = new Clinic { Id = Guid.NewGuid(), ProviderId = provider.Id, Name = "Test clinic", Date = new(2026, 1, 5) };
        var slot = new ClinicSlot { Id = Guid.NewGuid(), ClinicId = clinic.Id, StartsAt = new(10, 30), DurationMinutes = 15 };
        var appointment = new Appointment
        {
            Id = Guid.NewGuid(), SlotId = slot.Id, ParticipantId = participant.Id, State = state,
            AccessionNumber = state == AppointmentState.CheckedIn ? null : AccessionNumbers.Make(clinic.Date).Accession,
        };
        await DatabaseAsync(async database =>
        {
            database.AddRange(participant, gateway, provider, clinic, slot, appointment);
            await database.SaveChangesAsync();
            return true;
        });
        await Services.DefineHybridConnectionsAsync(CancellationToken.None);
        return new(clinic.Id, appointment.Id, participant.NhsNumber, appointment.AccessionNumber ?? "", gateway.HybridConnection);
    }

    /// <summary>A number that nobody has.</summary>
    public static string NextNhsNumber()
    {
        while (true)
        {
            var nine = $"99912{Interlocked.Increment(ref _participants):0000}";
            if (NhsNumber.CheckDigit(nine) is { } digit)
                return $"{nine}{digit}";
        }
    }

    public Task<AppointmentState> StateAsync(Someone someone) =>
        DatabaseAsync(database => database.Appointments.AsNoTracking().Where(each => each.Id == someone.Appointment).Select(each => each.State).FirstAsync());

    public async Task<T> DatabaseAsync<T>(Func<CloudDb, Task<T>> ask)
    {
        await using var scope = Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<CloudDb>());
    }

    /// <summary>A browser that has not signed in.</summary>
    public Browser Visitor() => new(Address);

    public async Task<Browser> SignedInAsync(string email = FirstUsers.DemoClinicEmail, string password = FirstUsers.DemoPassword)
    {
        var browser = Visitor();
        using var answer = await browser.SignInAsync(email, password);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }

    /// <summary>Waits for what another task does, and fails after a while.</summary>
    public static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await holds())
            Assert.True(await look.WaitForNextTickAsync(patience.Token));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

/// <summary>An appointment that a test made.</summary>
internal sealed record Someone(Guid Clinic, Guid Appointment, string NhsNumber, string Accession, string GatewayPath)
{
    public string Page => $"/clinic/{Clinic}/appointment/{Appointment}";
}

/// <summary>Everything that was logged.</summary>
internal sealed class LineCollector : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{formatter(state, exception)} {exception}");

    public void Dispose()
    {
        // Holds nothing
    }
}
