using System.Net;
using Gantry.Cloud.Accounts;
using Gantry.Cloud.Tests.System;

namespace Gantry.Cloud.Tests.Accounts;

/// <summary>Who gets in, and how far.</summary>
[Collection(nameof(SharedCloud))]
public sealed class AccountTests(SharedCloud.Fixture shared)
{
    private CloudSystem Cloud => shared.Cloud;

    [Theory]
    [InlineData("/clinics")]
    [InlineData("/admin")]
    [InlineData("/admin/users")]
    public async Task Pages_ask_for_a_sign_in(string path)
    {
        using var visitor = Cloud.Visitor();
        using var answer = await visitor.GetAsync(path);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("/sign-in", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/statuses")]
    [InlineData("/statuses/stream")]
    [InlineData("/appointment/5b1c42a3-0a1f-4d1e-9a63-000000000001/images")]
    [InlineData("/appointment/5b1c42a3-0a1f-4d1e-9a63-000000000001/images/stream")]
    [InlineData("/appointment/5b1c42a3-0a1f-4d1e-9a63-000000000001/status/stream")]
    public async Task The_API_says_401_without_and_404_with_a_sign_in_where_there_is_nothing(string path)
    {
        var address = $"/api/clinic/5b1c42a3-0a1f-4d1e-9a63-000000000001{path}";
        using var visitor = Cloud.Visitor();
        using var refused = await visitor.GetAsync(address);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);

        using var browser = await Cloud.SignedInAsync();
        using var missing = await browser.GetAsync(address);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Theory]
    [InlineData("/admin")]
    [InlineData("/admin/clinics")]
    [InlineData("/admin/studies")]
    [InlineData("/admin/messages")]
    [InlineData("/admin/users")]
    public async Task A_clinic_user_does_not_see_what_is_for_admins(string path)
    {
        using var clinic = await Cloud.SignedInAsync();
        using var answer = await clinic.GetAsync(path);
        Assert.Contains("/not-allowed", answer.Headers.Location!.ToString(), StringComparison.Ordinal);

        using var admin = await Cloud.SignedInAsync(FirstUsers.DemoAdminEmail);
        Assert.Contains("<h1", await admin.PageAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_also_for_the_right_one()
    {
        using var admin = await Cloud.SignedInAsync(FirstUsers.DemoAdminEmail);
        using (var added = await admin.SubmitAsync("/admin/users", "/admin/users?handler=Add", new() { ["email"] = "locked@demo.test", ["password"] = "a good long password", ["role"] = "clinic" }))
            Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        using var visitor = Cloud.Visitor();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            using var wrong = await visitor.SignInAsync("locked@demo.test", "guess");
            Assert.Contains("is not right", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using var right = await visitor.SignInAsync("locked@demo.test", "a good long password");

        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.Contains("Locked for now", await admin.PageAsync("/admin/users"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_tries_too_often_from_one_address_must_wait()
    {
        await using var cloud = await CloudSystem.StartAsync(await shared.Cluster.NewDatabaseAsync(), true, "--CLOUD_SIGN_INS_PER_MINUTE=3");
        using var visitor = cloud.Visitor();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            using var wrong = await visitor.SignInAsync($"nobody{attempt}@demo.test", "guess");
            Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        }

        using var answer = await visitor.SignInAsync(FirstUsers.DemoAdminEmail, FirstUsers.DemoPassword);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Contains("Too many attempts", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_signs_out_and_a_form_without_its_token_does_nothing()
    {
        using var browser = await Cloud.SignedInAsync();
        using (var forged = await browser.SendAsync(new(HttpMethod.Post, "/sign-out")))
            Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        await browser.PageAsync("/clinics");

        using (var left = await browser.SubmitAsync("/clinics", "/sign-out", []))
            Assert.Equal(HttpStatusCode.Redirect, left.StatusCode);

        using var answer = await browser.GetAsync("/clinics");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Fact]
    public async Task After_the_sign_in_one_is_where_one_wanted_to_be_but_never_elsewhere()
    {
        foreach (var (wanted, led) in new[] { ("/admin", "/admin"), ("https://evil.example/", "/clinics"), ("//evil.example", "/clinics") })
        {
            using var visitor = Cloud.Visitor();
            using var answer = await visitor.SignInAsync(FirstUsers.DemoAdminEmail, FirstUsers.DemoPassword, wanted);
            Assert.Equal(led, answer.Headers.Location!.ToString());
        }
    }

    [Fact]
    public async Task Every_answer_forbids_what_a_page_of_ours_does_not_need()
    {
        using var visitor = Cloud.Visitor();
        using var answer = await visitor.GetAsync("/sign-in");

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.False(answer.Headers.Contains("Server"));
        var page = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("style=\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("onclick", page, StringComparison.Ordinal);
    }
}
