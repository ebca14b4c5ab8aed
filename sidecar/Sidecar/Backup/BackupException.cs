namespace Gantry.Sidecar.Backup;

/// <summary>A backup cannot be made or brought back; the message names the file, the trouble and the way out.</summary>
internal sealed class BackupException(string message, Exception? inner = null) : Exception(message, inner);
