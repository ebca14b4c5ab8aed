using System.Net;
using System.Net.Sockets;

namespace Gantry.EndToEnd.Tests;

/// <summary>The ports of contracts.md section 1, moved to where nobody listens.</summary>
internal sealed record Ports(int Offset)
{
    private static readonly int[] All = [4242, 8042, 5243, 4243, 8043, 4244, 888, 5442, 3000, 8000];

    // Ports given out in this run, so that two systems started at once do not meet
    private static readonly HashSet<int> Taken = [];

    public int Archive => 4242 + Offset;

    public int ArchiveWeb => 8042 + Offset;

    public int Worklist => 5243 + Offset;

    public int SecondWorklist => 4243 + Offset;

    public int SidecarWeb => 8043 + Offset;

    public int Modality => 4244 + Offset;

    public int ModalityWeb => 888 + Offset;

    public int Postgres => 5442 + Offset;

    public int Viewer => 3000 + Offset;

    public int Cloud => 8000 + Offset;

    /// <summary>Finds an offset at which all ports are free. Stays below 32768, where Linux begins to give ports out itself.</summary>
    public static Ports Free() => Free(500, 2400);

    /// <summary>The same with the simulator's web port below 1024.</summary>
    public static Ports FreeAndPrivileged() => Free(1, 13);

    private static Ports Free(int from, int to)
    {
        lock (Taken)
        {
            for (var attempt = 0; attempt < 200; attempt++)
            {
                var offset = Random.Shared.Next(from, to) * 10;
                if (All.All(port => !Taken.Contains(port + offset) && IsFree(port + offset)))
                {
                    Taken.UnionWith(All.Select(port => port + offset));
                    return new(offset);
                }
            }
        }
        throw new InvalidOperationException("No free ports were found in 200 attempts.");
    }

    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Any, port) { ExclusiveAddressUse = false };
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public bool AllAreFree() => All.All(port => IsFree(port + Offset));

    /// <summary>Moves the ports in a command as it stands in the contract.</summary>
    public string Move(string command) =>
        System.Text.RegularExpressions.Regex.Replace(command, @"(?<=localhost[ :])(4242|8042|5243|4243|8043|4244|888|3000)\b",
            match => (int.Parse(match.Value, System.Globalization.CultureInfo.InvariantCulture) + Offset).ToString(System.Globalization.CultureInfo.InvariantCulture));
}
