using FsCheck;
using FsCheck.Fluent;

namespace Gantry.Relay.Tests;

/// <summary>Tokens by contracts.md section 5. The expected one was computed with Python's hmac module.</summary>
public sealed class SharedAccessSignatureTests
{
    private const string Golden = "SharedAccessSignature sr=http%3A%2F%2Fcontoso.servicebus.windows.net%2Fgateway"
        + "&sig=L9KGcPlPNF9I8piAb7s6jmtB66B6LW3%2BhL6MUXll%2BbY%3D&se=1767607200&skn=RootManageSharedAccessKey";

    [Fact]
    public void A_token_is_the_one_of_the_contract() =>
        Assert.Equal(Golden, SharedAccessSignature.Create(
            "http://contoso.servicebus.windows.net/gateway", "RootManageSharedAccessKey", "secret+key/=", DateTimeOffset.FromUnixTimeSeconds(1767607200)));

    [Fact]
    public void A_token_is_read_back_and_its_signer_known()
    {
        var token = SharedAccessSignature.TryParse(Golden)!;

        Assert.Equal("http://contoso.servicebus.windows.net/gateway", token.Audience);
        Assert.Equal(1767607200, token.Expiry);
        Assert.Equal("RootManageSharedAccessKey", token.KeyName);
        Assert.True(token.IsSignedBy("secret+key/="));
        Assert.False(token.IsSignedBy("another key"));
    }

    [Theory]
    [InlineData("se=1767607200", "se=1767607201")]
    [InlineData("gateway", "gateways")]
    [InlineData("sig=", "sig=A")]
    public void A_token_that_was_changed_is_nobodys(string from, string to) =>
        Assert.False(SharedAccessSignature.TryParse(Golden.Replace(from, to, StringComparison.Ordinal))!.IsSignedBy("secret+key/="));

    [Theory]
    [InlineData("")]
    [InlineData("SharedAccessSignature ")]
    [InlineData("SharedAccessSignature sr=a&sig=b&se=tomorrow&skn=c")]
    [InlineData("SharedAccessSignature sr=a&sig=b&se=99999999999999999&skn=c")]
    [InlineData("SharedAccessSignature sr=a&sig=b&se=-1&skn=c")]
    [InlineData("SharedAccessSignature sr=a&&sig=b&se=1&skn=c")]
    [InlineData("Bearer abc")]
    public void What_is_no_token_is_none(string text) => Assert.Null(SharedAccessSignature.TryParse(text));

    [Fact]
    public void Any_text_is_a_token_or_none() =>
        Prop.ForAll<string>(text => SharedAccessSignature.TryParse($"SharedAccessSignature {text}")?.IsSignedBy("k") is null or false)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_token_of_any_key_and_path_is_read_back()
    {
        var words = Gen.ArrayOf(Gen.Elements("aZ09-_ +/&=%é漢".ToCharArray())).Select(letters => "k" + new string(letters));
        Prop.ForAll(words.Two().ToArbitrary(), pair =>
        {
            var (name, key) = pair;
            var token = SharedAccessSignature.TryParse(SharedAccessSignature.Create($"http://host/{name}", name, key, DateTimeOffset.UnixEpoch))!;
            return token.KeyName == name && token.Audience == $"http://host/{name}" && token.IsSignedBy(key);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task A_key_gives_the_same_token_until_half_of_its_life_is_over()
    {
        var time = new FakeTime();
        var provider = new SharedAccessKeyTokenProvider("name", "key", time, TimeSpan.FromHours(1));
        var first = await provider.GetTokenAsync("http://host/a", CancellationToken.None);

        time.Advance(TimeSpan.FromMinutes(29));
        Assert.Same(first, await provider.GetTokenAsync("http://host/a", CancellationToken.None));
        Assert.NotEqual(first, await provider.GetTokenAsync("http://host/b", CancellationToken.None));

        time.Advance(TimeSpan.FromMinutes(1));
        var second = await provider.GetTokenAsync("http://host/a", CancellationToken.None);
        Assert.Equal(time.GetUtcNow() + TimeSpan.FromHours(1), second.ExpiresAt);
    }

    [Fact]
    public async Task A_bearer_token_says_so()
    {
        var provider = new BearerTokenProvider((audience, _) => ValueTask.FromResult(new RelayToken($"for {audience}", DateTimeOffset.UnixEpoch)));

        Assert.Equal("Bearer for http://host/a", (await provider.GetTokenAsync("http://host/a", CancellationToken.None)).Value);
    }

    [Fact]
    public void A_token_does_not_print_its_secret() =>
        Assert.DoesNotContain("sesame", new RelayToken("sesame", DateTimeOffset.UnixEpoch).ToString(), StringComparison.Ordinal);
}
