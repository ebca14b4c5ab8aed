using System.ComponentModel.DataAnnotations;

namespace Gantry.Sidecar.Settings;

/// <summary>Section <c>Backup</c>: the copy that the gateway makes of its store and configuration every day.</summary>
internal sealed class BackupOptions : IValidatableObject
{
    /// <summary>Where the copies go, best another disk; empty makes none. Of several gateways on one PostgreSQL, one does it.</summary>
    public string Folder { get; init; } = "";

    /// <summary>When, in the site's time.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "23:59:59")]
    public TimeSpan At { get; init; } = new(2, 30, 0);

    /// <summary>How many copies are kept; the oldest go first.</summary>
    [Range(1, 3660)]
    public int Keep { get; init; } = 14;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (File.Exists(Folder))
            yield return new("a folder is wanted, and this is a file", [nameof(Folder)]);
    }
}

/// <summary>Section <c>Retention</c>: what is deleted when it is old, each day, once that day's backup is made.</summary>
internal sealed class RetentionOptions
{
    /// <summary>Completed and discontinued orders are kept so many days after their day and their last change; 0 keeps them for ever.</summary>
    [Range(0, 36600)]
    public int FinishedDays { get; init; }

    /// <summary>Orders for which nobody came are kept so many days after their day; 0 keeps them for ever.</summary>
    [Range(0, 36600)]
    public int MissedDays { get; init; }

    /// <summary>Deletes without a backup before; for sites that back the store up by other means.</summary>
    public bool WithoutBackup { get; init; }

    /// <summary>True if anything is ever deleted.</summary>
    public bool IsOn() => FinishedDays > 0 || MissedDays > 0;
}
