using Gantry.Audit;
using Gantry.Cloud.Data;
using Gantry.Cloud.Events;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Gantry.Cloud.Admin;

internal sealed class MessagesModel(CloudDb database, Auditor auditor) : PageModel
{
    private const int Most = 50;

    public IReadOnlyList<RefusedMessage> Messages { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Messages = await database.RefusedMessages.AsNoTracking().OrderByDescending(message => message.Id).Take(Most).ToListAsync(cancellationToken);
        auditor.Record(events => events.Query(Auditor.Of(HttpContext), "/admin/messages", null, null, Messages.Count));
    }
}
