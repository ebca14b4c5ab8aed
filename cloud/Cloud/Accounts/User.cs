using Microsoft.AspNetCore.Identity;

namespace Gantry.Cloud.Accounts;

/// <summary>Somebody who may sign in.</summary>
internal sealed class User : IdentityUser<Guid>
{
    /// <summary>Made by demo mode, and removed by the first start without it.</summary>
    public bool IsDemo { get; set; }
}

/// <summary>What somebody may do.</summary>
internal static class Roles
{
    /// <summary>See clinics and send participants to the modality.</summary>
    public const string Clinic = "clinic";

    /// <summary>That, and everything under /admin.</summary>
    public const string Admin = "admin";
}
