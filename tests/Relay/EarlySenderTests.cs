using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gantry.Relay.Tests;

/// <summary>A sender that comes when the listener has heard of its registration, and the relay is still busy with it.</summary>
public sealed class EarlySenderTests
{
    private readonly TaskCompletionSource _hasCome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _isAnswered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Who_has_been_told_that_he_listens_is_found_by_the_very_next_sender()
    {
        await using var host = await RelayHost.StartAsync(before: SlowRegistrationAsync);
        await using var listener = await host.ListenAsync();

        Assert.Equal("re: hello", await host.Sender().SayAsync("hello"));
    }

    /// <summary>Between the handshake of a listener and what the relay does next, a sender has time to be turned away.</summary>
    private async Task SlowRegistrationAsync(HttpContext context, RequestDelegate next)
    {
        var action = context.Request.Query["sb-hc-action"].ToString();
        if (action == "listen")
            context.Features.Set<IHttpUpgradeFeature>(new SlowUpgrade(context.Features.GetRequiredFeature<IHttpUpgradeFeature>(), WaitAsync));
        if (action == "connect")
            _hasCome.TrySetResult();
        await next(context);
        if (action == "connect")
            _isAnswered.TrySetResult();
    }

    private async Task WaitAsync()
    {
        await _hasCome.Task.Soon();
        await Task.WhenAny(_isAnswered.Task.WaitAsync(TimeSpan.FromMilliseconds(500)));
    }

    private sealed class SlowUpgrade(IHttpUpgradeFeature real, Func<Task> wait) : IHttpUpgradeFeature
    {
        public bool IsUpgradableRequest => real.IsUpgradableRequest;

        public async Task<Stream> UpgradeAsync()
        {
            var stream = await real.UpgradeAsync();
            await wait();
            return stream;
        }
    }
}
