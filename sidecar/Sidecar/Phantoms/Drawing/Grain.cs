using System.Runtime.CompilerServices;

namespace Gantry.Sidecar.Phantoms.Drawing;

/// <summary>Repeatable noise: white noise per point for the detector's grain, and smooth noise in space for tissue.</summary>
internal readonly struct Grain(int seed)
{
    private readonly uint _seed = (uint)seed * 0x9E3779B1u;

    /// <summary>Roughly normal noise with standard deviation 1, independent from point to point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float White(int x, int y, int z = 0)
    {
        var h = Hash(x, y, z);
        // the sum of four independent bytes is close enough to a bell curve; 147.8 is its standard deviation
        return ((int)((h & 255) + ((h >> 8) & 255) + ((h >> 16) & 255) + (h >> 24)) - 510) * (1 / 147.8f);
    }

    /// <summary>Smooth noise in [-1, 1], changing over a distance of about 1 in every direction.</summary>
    public float Smooth(float x, float y, float z = 0)
    {
        int x0 = (int)MathF.Floor(x), y0 = (int)MathF.Floor(y), z0 = (int)MathF.Floor(z);
        float u = Ease(x - x0), v = Ease(y - y0), w = Ease(z - z0);
        var near = Plane(x0, y0, z0, u, v);
        return w == 0 ? near : near + (w * (Plane(x0, y0, z0 + 1, u, v) - near));
    }

    /// <summary>Smooth noise with finer and weaker copies of itself on top; in about [-1, 1].</summary>
    public float Fractal(float x, float y, float z, int octaves)
    {
        float sum = 0, weight = 0.55f;
        for (var i = 0; i < octaves; i++, weight *= 0.55f)
        {
            sum += weight * Smooth(x, y, z);
            (x, y, z) = ((x * 2.03f) + 17.1f, (y * 2.03f) + 5.7f, (z * 2.03f) + 9.3f);
        }

        return sum;
    }

    private static float Ease(float t) => t * t * (3 - (2 * t));

    private float Plane(int x, int y, int z, float u, float v)
    {
        float a = Lattice(x, y, z), b = Lattice(x + 1, y, z), c = Lattice(x, y + 1, z), d = Lattice(x + 1, y + 1, z);
        var top = a + (u * (b - a));
        return top + (v * (c + (u * (d - c)) - top));
    }

    private float Lattice(int x, int y, int z) => (Hash(x, y, z) * (2f / uint.MaxValue)) - 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Hash(int x, int y, int z)
    {
        var h = _seed + ((uint)x * 0x85EBCA77u) + ((uint)y * 0xC2B2AE3Du) + ((uint)z * 0x27D4EB2Fu);
        h = (h ^ (h >> 15)) * 0x2C1B3C6Du;
        h = (h ^ (h >> 12)) * 0x297A2D39u;
        return h ^ (h >> 15);
    }
}
