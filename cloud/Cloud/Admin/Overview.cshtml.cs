using Gantry.Audit;
using Gantry.Cloud.Clinics;
using Gantry.Cloud.Data;
using Gantry.Cloud.Events;
using Gantry.Cloud.Gateways;
using Gantry.Cloud.Live;
using Gantry.Relay.Embedded;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gantry.Cloud.Admin;

internal sealed class OverviewModel(CloudDb database, NpgsqlDataSource source, Signals signals, CloudSettings settings, Auditor auditor, TimeProvider time, IServiceProvider services) : PageModel
{
    private const int Most = 50;

    /// <summary>Listeners is null where Azure's relay is used, which tells them to nobody here.</summary>
    internal sealed record GatewayRow(Guid Id, string Name, string HybridConnection, int? Listeners, int Waiting, DateTimeOffset? LastConfirmed);

    public IReadOnlyList<GatewayRow> Gateways { get; private set; } = [];

    public IReadOnlyList<Provider> Providers { get; private set; } = [];

    public IReadOnlyList<ActionRecord> Actions { get; private set; } = [];

    public IReadOnlyList<StatusEvent> RefusedMoves { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var listeners = services.GetService<EmbeddedRelay>()?.Status.ToDictionary(each => each.Path, each => each.Listeners, StringComparer.OrdinalIgnoreCase);
        var rows = await database.Gateways.AsNoTracking().OrderBy(gateway => gateway.Name).Select(gateway => new
        {
            gateway.Id, gateway.Name, gateway.HybridConnection,
            Waiting = database.GatewayActions.Count(action => action.GatewayId == gateway.Id && action.ConfirmedAt == null),
            Last = database.GatewayActions.Where(action => action.GatewayId == gateway.Id).Max(action => action.ConfirmedAt),
        }).ToListAsync(cancellationToken);
        Gateways = [.. rows.Select(row => new GatewayRow(row.Id, row.Name, row.HybridConnection, listeners is null ? null : listeners.GetValueOrDefault(row.HybridConnection), row.Waiting, row.Last))];
        Providers = await database.Providers.AsNoTracking().OrderBy(provider => provider.Name).ToListAsync(cancellationToken);
        Actions = await database.GatewayActions.AsNoTracking().Include(action => action.Appointment).OrderByDescending(action => action.CreatedAt)
            .Take(Most).ToListAsync(cancellationToken);
        RefusedMoves = await database.StatusEvents.AsNoTracking().Where(each => each.Outcome == "refused").OrderByDescending(each => each.Id)
            .Take(Most).ToListAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostResendAsync(Guid action, CancellationToken cancellationToken)
    {
        var found = await source.ResendAsync(action, cancellationToken);
        if (found)
        {
            signals.ActionCommitted();
            auditor.Record(events => events.Administration(Auditor.Of(HttpContext), "An action was sent to a gateway again", $"action {action}"));
        }
        TempData["Said"] = found ? "The action is sent again now." : "This action was confirmed meanwhile, or is gone.";
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostGatewayAsync(string? name, string? connection, CancellationToken cancellationToken)
    {
        name = name?.Trim();
        connection = connection?.Trim();
        if (string.IsNullOrEmpty(name) || name.Length > 100 || string.IsNullOrEmpty(connection) || connection.Length > 100
            || !connection.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
        {
            TempData["Said"] = "A gateway needs a name and a hybrid connection of letters, digits, '-', '_' and '.', each at most 100 characters.";
        }
        else if (string.Equals(connection, settings.EventsPath, StringComparison.OrdinalIgnoreCase)
            || await database.Gateways.AnyAsync(gateway => gateway.HybridConnection == connection, cancellationToken))
        {
            TempData["Said"] = "That hybrid connection is in use already.";
        }
        else
        {
            database.Add(new Gateway { Id = Guid.CreateVersion7(), Name = name, HybridConnection = connection, CreatedAt = time.GetUtcNow() });
            await database.SaveChangesAsync(cancellationToken);
            await services.DefineHybridConnectionsAsync(cancellationToken);
            signals.GatewayCommitted();
            auditor.Record(events => events.Administration(Auditor.Of(HttpContext), "A gateway was added", connection));
            TempData["Said"] = "The gateway was added. Now choose it for the providers whose modalities it serves.";
        }
        return RedirectToPage();
    }

    /// <summary>From now on the provider's participants are sent by that gateway; what was sent before stays with the other.</summary>
    public async Task<IActionResult> OnPostProviderAsync(Guid provider, Guid? gateway, CancellationToken cancellationToken)
    {
        // What is no id at all must not count as 'no gateway'
        var isThere = ModelState.IsValid && (gateway is null || await database.Gateways.AnyAsync(each => each.Id == gateway, cancellationToken));
        var changed = isThere ? await database.Providers.Where(each => each.Id == provider)
            .ExecuteUpdateAsync(set => set.SetProperty(each => each.GatewayId, gateway), cancellationToken) : 0;
        if (changed > 0)
            auditor.Record(events => events.Administration(Auditor.Of(HttpContext), "The gateway of a provider was set", $"{provider}"));
        TempData["Said"] = changed == 0 ? "That provider or gateway is gone."
            : gateway is null ? "This provider has no gateway now: nothing can be sent for it." : "The gateway of this provider was set.";
        return RedirectToPage();
    }

    public static string Colour(ActionState state) => state switch
    {
        ActionState.Waiting => "nhsuk-tag--grey",
        ActionState.Sent => "nhsuk-tag--blue",
        ActionState.Retrying => "nhsuk-tag--orange",
        ActionState.Delivered => "nhsuk-tag--purple",
        ActionState.Confirmed => "nhsuk-tag--green",
        ActionState.Failed => "nhsuk-tag--red",
    };
}
