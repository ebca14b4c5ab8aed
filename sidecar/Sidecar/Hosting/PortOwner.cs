using System.Globalization;

namespace Gantry.Sidecar.Hosting;

/// <summary>Finds out, on Linux, which process listens on a TCP port.</summary>
internal static class PortOwner
{
    /// <summary>
    /// Who listens on a port, as <c>orthanc (process 123)</c>; null where nobody does or it cannot be seen, such as a
    /// process of another user, or a system without /proc.
    /// </summary>
    public static string? Find(int port)
    {
        var sockets = Inodes(port).Select(inode => $"socket:[{inode}]").ToHashSet(StringComparer.Ordinal);
        if (sockets.Count == 0)
            return null;
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => int.TryParse(Path.GetFileName(path), out _)))
        {
            if (Holds(process, sockets))
                return $"{Name(process)} (process {Path.GetFileName(process)})";
        }
        return null;
    }

    /// <summary>True if somebody listens on the port, seen or not.</summary>
    public static bool IsTaken(int port) => Inodes(port).Count > 0;

    /// <summary>The inodes of sockets in state LISTEN (0A) on a port, from the kernel's tables.</summary>
    private static List<string> Inodes(int port)
    {
        var inodes = new List<string>();
        foreach (var table in (string[])["/proc/net/tcp", "/proc/net/tcp6"])
        {
            if (!File.Exists(table))
                continue;
            foreach (var line in File.ReadLines(table).Skip(1))
            {
                // sl  local_address:port  remote_address:port  st  tx:rx  tr:when  retrnsmt  uid  timeout  inode
                var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (fields.Length > 9 && fields[3] == "0A"
                    && int.TryParse(fields[1].AsSpan(fields[1].LastIndexOf(':') + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var local)
                    && local == port)
                {
                    inodes.Add(fields[9]);
                }
            }
        }
        return inodes;
    }

    private static bool Holds(string process, HashSet<string> sockets)
    {
        try
        {
            return Directory.EnumerateFiles(Path.Combine(process, "fd"))
                .Any(descriptor => new FileInfo(descriptor).LinkTarget is { } target && sockets.Contains(target));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false; // gone meanwhile, or another user's
        }
    }

    private static string Name(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "comm")).Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "a process";
        }
    }
}
