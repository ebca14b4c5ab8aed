namespace Gantry.Relay.Tests;

public sealed class RelayEndpointTests
{
    [Theory]
    [InlineData("contoso", "wss://contoso.servicebus.windows.net/")]
    [InlineData("contoso.servicebus.windows.net", "wss://contoso.servicebus.windows.net/")]
    [InlineData(" sb://contoso.servicebus.windows.net/ ", "wss://contoso.servicebus.windows.net/")]
    [InlineData("https://gantry.example", "wss://gantry.example/")]
    [InlineData("http://localhost:8000", "ws://localhost:8000/")]
    [InlineData("ws://127.0.0.1:8000", "ws://127.0.0.1:8000/")]
    [InlineData("localhost:8000", "wss://localhost:8000/")]
    public void A_namespace_is_read_as_people_write_it(string text, string address) =>
        Assert.Equal(address, RelayEndpoint.ParseNamespace(text).AbsoluteUri);

    [Theory]
    [InlineData("")]
    [InlineData("ftp://contoso")]
    [InlineData("wss://contoso/path")]
    [InlineData("two words")]
    public void What_is_no_namespace_is_refused(string text) => Assert.Throws<FormatException>(() => RelayEndpoint.ParseNamespace(text));

    [Fact]
    public void Pauses_grow_to_twice_as_long_and_no_longer_than_allowed()
    {
        var longest = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), () => 1);
        Assert.Equal([1, 2, 4, 8, 10, 10], Enumerable.Range(0, 6).Select(_ => longest.Next().TotalSeconds));
        longest.Reset();
        Assert.Equal(1, longest.Next().TotalSeconds);

        var shortest = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), () => 0);
        Assert.Equal([0.5, 1, 2, 4, 5], Enumerable.Range(0, 5).Select(_ => shortest.Next().TotalSeconds));
    }
}
