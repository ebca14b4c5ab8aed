using Gantry.Audit;
using Gantry.Cloud.Accounts;
using Gantry.Cloud.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Gantry.Cloud.Admin;

internal sealed class UsersModel(CloudDb database, UserManager<User> users, Auditor auditor, TimeProvider time) : PageModel
{
    internal sealed record Row(Guid Id, string Email, string Role, bool IsDemo, bool IsLocked);

    public IReadOnlyList<Row> Users { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var rows = await database.Users.AsNoTracking().OrderBy(user => user.Email).Select(user => new
        {
            user.Id, user.Email, user.IsDemo, user.LockoutEnd,
            Roles = database.UserRoles.Where(each => each.UserId == user.Id).Join(database.Roles, each => each.RoleId, role => role.Id, (_, role) => role.Name).ToList(),
        }).ToListAsync(cancellationToken);
        Users = [.. rows.Select(row => new Row(row.Id, row.Email ?? "", string.Join(", ", row.Roles), row.IsDemo, row.LockoutEnd > now))];
    }

    public async Task<IActionResult> OnPostAddAsync(string? email, string? password, string? role)
    {
        if (string.IsNullOrWhiteSpace(email) || email.Length > 256 || string.IsNullOrEmpty(password) || password.Length > 256 || role is not (Roles.Clinic or Roles.Admin))
        {
            TempData["Said"] = "A user needs an email address, a password and a role.";
            return RedirectToPage();
        }
        await using var transaction = await database.Database.BeginTransactionAsync();
        var user = new User { Id = Guid.CreateVersion7(), UserName = email.Trim(), Email = email.Trim(), EmailConfirmed = true };
        var result = await users.CreateAsync(user, password);
        if (result.Succeeded)
            result = await users.AddToRoleAsync(user, role);
        if (result.Succeeded)
        {
            await transaction.CommitAsync();
            auditor.Record(events => events.Administration(Auditor.Of(HttpContext), $"A user with the role {role} was added", user.UserName));
        }
        TempData["Said"] = result.Succeeded ? "The user was added." : string.Join(' ', result.Errors.Select(error => error.Description));
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid user)
    {
        var found = await users.FindByIdAsync(user.ToString());
        if (found is null)
            TempData["Said"] = "That user is gone already.";
        else if (found.Id.ToString() == users.GetUserId(User))
            TempData["Said"] = "You cannot remove yourself.";
        else
        {
            var isRemoved = (await users.DeleteAsync(found)).Succeeded;
            if (isRemoved)
                auditor.Record(events => events.Administration(Auditor.Of(HttpContext), "A user was removed", found.UserName ?? ""));
            TempData["Said"] = isRemoved ? "The user was removed." : "The user was changed meanwhile; look again.";
        }
        return RedirectToPage();
    }
}
