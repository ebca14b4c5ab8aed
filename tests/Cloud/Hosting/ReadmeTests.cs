using System.Runtime.CompilerServices;
using Gantry.Cloud.Gateways;
using Gantry.Cloud.Tests.System;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gantry.Cloud.Tests.Hosting;

/// <summary>What cloud/README.md tells people to type.</summary>
[Collection(nameof(SharedCloud))]
public sealed class ReadmeTests(SharedCloud.Fixture shared)
{
    [Fact]
    public async Task Its_SQL_makes_an_appointment_that_can_be_sent()
    {
        var database = await shared.Cluster.NewDatabaseAsync();
        await using var cloud = await CloudSystem.StartAsync(database);
        var readme = await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "..", "cloud", "README.md"));
        await using var source = NpgsqlDataSource.Create(database);

        await using (var command = source.CreateCommand(readme.Split("```sql")[1].Split("```")[0]))
            Assert.Equal(1, await command.ExecuteNonQueryAsync());

        var made = await cloud.DatabaseAsync(each => each.Appointments.Include(one => one.Slot).SingleAsync(one => one.Slot!.Clinic!.Name == "Mobile unit B"));
        using var browser = await cloud.SignedInAsync();
        Assert.Contains("Jane Smith", await browser.PageAsync($"/clinic/{made.Slot!.ClinicId}"), StringComparison.Ordinal);
        var send = (SendToModality)cloud.Services.GetService(typeof(SendToModality))!;
        Assert.Equal(SendOutcome.Sent, await send.SendAsync(made.Slot.ClinicId, made.Id, CancellationToken.None));
    }

    private static string ThisFile([CallerFilePath] string file = "") => file;
}
