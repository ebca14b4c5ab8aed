using Microsoft.Extensions.DependencyInjection;

namespace Orthanc.Net.Tests;

public sealed class RegistrationTests
{
    [Fact]
    public async Task The_registered_client_reaches_its_server()
    {
        await using var stub = await StubOrthanc.AnsweringAsync(200, """{"Version":"1.10.1"}""");
        var services = new ServiceCollection();
        services.AddOrthancClient((options, _) => options.BaseAddress = stub.Address);
        await using var provider = services.BuildServiceProvider();

        var system = await provider.GetRequiredService<OrthancClient>().Server.GetSystemAsync();

        Assert.Equal("1.10.1", system.Version);
        Assert.Equal(Timeout.InfiniteTimeSpan, provider.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(OrthancClient)).Timeout);
    }
}
