using System.Net;
using Gantry.Cloud.Accounts;
using Gantry.Cloud.Tests.System;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Gantry.Cloud.Tests.Accounts;

/// <summary>The first password was chosen by an administrator; the next one by whoever signs in with it.</summary>
[Collection(nameof(SharedCloud))]
public sealed class PasswordTests(SharedCloud.Fixture shared)
{
    private const string First = "chosen by the admin";
    private const string Own = "chosen by myself alone";

    [Fact]
    public async Task Somebody_changes_the_own_password_and_whoever_came_by_the_old_one_is_out()
    {
        await using var cloud = await CloudSystem.StartAsync(await shared.Cluster.NewDatabaseAsync());
        cloud.Services.GetRequiredService<IOptions<SecurityStampValidatorOptions>>().Value.ValidationInterval = TimeSpan.Zero;
        await AddAsync(cloud, "someone@demo.test");
        using var here = await cloud.SignedInAsync("someone@demo.test", First);
        using var elsewhere = await cloud.SignedInAsync("someone@demo.test", First);

        Assert.Contains("Your password was changed", await ChangeAsync(here, First, Own), StringComparison.Ordinal);

        await here.PageAsync("/clinics");
        using (var asked = await elsewhere.GetAsync("/clinics"))
            Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
        using var again = await cloud.SignedInAsync("someone@demo.test", Own);
        using var visitor = cloud.Visitor();
        using var old = await visitor.SignInAsync("someone@demo.test", First);
        Assert.Equal(HttpStatusCode.OK, old.StatusCode);
    }

    [Fact]
    public async Task What_is_wrong_is_said_and_guesses_lock_the_account()
    {
        await AddAsync(shared.Cloud, "guesser@demo.test");
        using var browser = await shared.Cloud.SignedInAsync("guesser@demo.test", First);

        Assert.Contains("at least 12 characters", await ChangeAsync(browser, First, "short"), StringComparison.Ordinal);
        for (var guess = 0; guess < 5; guess++)
            Assert.Contains("is not right", await ChangeAsync(browser, "a guess", Own), StringComparison.Ordinal);
        Assert.Contains("is not right", await ChangeAsync(browser, First, Own), StringComparison.Ordinal);

        using var demo = await shared.Cloud.SignedInAsync(FirstUsers.DemoClinicEmail);
        Assert.Contains("stays as it is", await ChangeAsync(demo, FirstUsers.DemoPassword, Own), StringComparison.Ordinal);
    }

    private static async Task AddAsync(CloudSystem cloud, string email)
    {
        using var admin = await cloud.SignedInAsync(FirstUsers.DemoAdminEmail);
        using var added = await admin.SubmitAsync("/admin/users", "/admin/users?handler=Add", new() { ["email"] = email, ["password"] = First, ["role"] = "clinic" });
        Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
    }

    private static async Task<string> ChangeAsync(Browser browser, string current, string wanted)
    {
        using var answer = await browser.SubmitAsync("/password", "/password", new() { ["current"] = current, ["wanted"] = wanted });
        return await answer.Content.ReadAsStringAsync();
    }
}
