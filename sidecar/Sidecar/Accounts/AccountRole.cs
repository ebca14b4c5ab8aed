namespace Gantry.Sidecar.Accounts;

/// <summary>What somebody may see.</summary>
internal enum AccountRole
{
    /// <summary>The viewer.</summary>
    Reader,

    /// <summary>The viewer, the pages and the REST API.</summary>
    Admin,
}
