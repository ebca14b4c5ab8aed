using System.Net;

namespace Gantry.Dicom.Network;

/// <summary>Counts connections and associations, in all and per IP address, against their caps.</summary>
internal sealed class AssociationLimits(DicomListenerOptions options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, (int Pending, int Associated)> _peers = [];
    private int _pending, _associated;

    public int Associated => Volatile.Read(ref _associated);

    /// <summary>Counts a new connection; a text says why there is no room for it.</summary>
    public string? Connect(IPAddress peer)
    {
        lock (_lock)
        {
            var counts = _peers.GetValueOrDefault(peer);
            if (_pending >= options.MaximumPendingConnections) return "too many connections without an association";
            if (counts.Pending >= options.MaximumAssociationsPerPeer)
                return "too many connections of this peer without an association";
            _pending++;
            _peers[peer] = counts with { Pending = counts.Pending + 1 };
            return null;
        }
    }

    /// <summary>Makes an association of a connection; false if there is no room for it, and it stays a connection.</summary>
    public bool Associate(IPAddress peer)
    {
        lock (_lock)
        {
            var counts = _peers[peer];
            if (_associated >= options.MaximumAssociations || counts.Associated >= options.MaximumAssociationsPerPeer)
                return false;
            _pending--;
            _associated++;
            _peers[peer] = (counts.Pending - 1, counts.Associated + 1);
            return true;
        }
    }

    /// <summary>Forgets a connection, with or without its association.</summary>
    public void Close(IPAddress peer, bool wasAssociated)
    {
        lock (_lock)
        {
            var (pending, associated) = _peers[peer];
            if (wasAssociated)
            {
                _associated--;
                associated--;
            }
            else
            {
                _pending--;
                pending--;
            }
            if (pending == 0 && associated == 0) _peers.Remove(peer);
            else _peers[peer] = (pending, associated);
        }
    }
}
