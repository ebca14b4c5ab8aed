using System.Net;
using Gantry.Cloud.Accounts;
using Gantry.Cloud.Gateways;
using Gantry.Cloud.Tests.System;
using Gantry.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Gantry.Cloud.Tests.Gateways;

/// <summary>What an administrator says of gateways.</summary>
[Collection(nameof(SharedCloud))]
public sealed class GatewayAdminTests(SharedCloud.Fixture shared)
{
    [Fact]
    public async Task A_gateway_added_at_one_instance_listens_at_the_relay_of_another_and_gets_what_its_provider_sends()
    {
        var database = await shared.Cluster.NewDatabaseAsync();
        await using var one = await CloudSystem.StartAsync(database);
        await using var two = await CloudSystem.StartAsync(database, true, $"--AZURE_RELAY_NAMESPACE={one.Address}");
        var someone = await one.SomeoneAsync(withGateway: false);
        using var admin = await two.SignedInAsync(FirstUsers.DemoAdminEmail);

        Assert.Contains("The gateway was added", await SayAsync(admin, "Gateway", new() { ["name"] = "Second site", ["connection"] = "second-site" }), StringComparison.Ordinal);
        await using var gateway = await one.GatewayAsync("second-site", action => ActionReply.Created(action.ActionId));
        var id = await one.DatabaseAsync(each => each.Gateways.Where(found => found.Name == "Second site").Select(found => found.Id).SingleAsync());
        var page = await SayAsync(admin, "Provider", new() { ["provider"] = $"{await ProviderOfAsync(one, someone)}", ["gateway"] = $"{id}" });
        Assert.Contains("The gateway of this provider was set", page, StringComparison.Ordinal);
        Assert.Contains($"<option value=\"{id}\" selected=\"selected\">Second site</option>", page, StringComparison.Ordinal);

        using (await admin.SubmitAsync("/sign-out", $"/clinic/{someone.Clinic}?handler=Send", new() { ["appointmentId"] = $"{someone.Appointment}" }))
            await CloudSystem.EventuallyAsync(async () => await one.DatabaseAsync(each => each.GatewayActions.AnyAsync(action => action.AppointmentId == someone.Appointment && action.ConfirmedAt != null)));
    }

    [Fact]
    public async Task What_cannot_be_is_said()
    {
        using var admin = await shared.Cloud.SignedInAsync(FirstUsers.DemoAdminEmail);
        var someone = await shared.Cloud.SomeoneAsync();
        var provider = await ProviderOfAsync(shared.Cloud, someone);

        Assert.Contains("needs a name and a hybrid connection", await SayAsync(admin, "Gateway", new() { ["name"] = "X", ["connection"] = "a b" }), StringComparison.Ordinal);
        Assert.Contains("needs a name and a hybrid connection", await SayAsync(admin, "Gateway", []), StringComparison.Ordinal);
        Assert.Contains("in use already", await SayAsync(admin, "Gateway", new() { ["name"] = "X", ["connection"] = someone.GatewayPath }), StringComparison.Ordinal);
        Assert.Contains("in use already", await SayAsync(admin, "Gateway", new() { ["name"] = "X", ["connection"] = "gateway-events" }), StringComparison.Ordinal);
        Assert.Contains("is gone", await SayAsync(admin, "Provider", new() { ["provider"] = $"{Guid.NewGuid()}", ["gateway"] = "" }), StringComparison.Ordinal);
        Assert.Contains("is gone", await SayAsync(admin, "Provider", new() { ["provider"] = $"{provider}", ["gateway"] = $"{Guid.NewGuid()}" }), StringComparison.Ordinal);
        Assert.Contains("is gone", await SayAsync(admin, "Provider", new() { ["provider"] = $"{provider}", ["gateway"] = "garbage" }), StringComparison.Ordinal);
        Assert.Contains("nothing can be sent for it", await SayAsync(admin, "Provider", new() { ["provider"] = $"{provider}", ["gateway"] = "" }), StringComparison.Ordinal);

        var send = (SendToModality)shared.Cloud.Services.GetService(typeof(SendToModality))!;
        Assert.Equal(SendOutcome.NoGateway, await send.SendAsync(someone.Clinic, someone.Appointment, CancellationToken.None));
    }

    private static async Task<string> SayAsync(Browser admin, string what, Dictionary<string, string> fields)
    {
        using var answer = await admin.SubmitAsync("/admin", $"/admin?handler={what}", fields);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return await admin.PageAsync("/admin");
    }

    private static Task<Guid> ProviderOfAsync(CloudSystem cloud, Someone someone) =>
        cloud.DatabaseAsync(each => each.Clinics.Where(clinic => clinic.Id == someone.Clinic).Select(clinic => clinic.ProviderId).SingleAsync());
}
