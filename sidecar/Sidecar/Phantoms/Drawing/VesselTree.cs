using System.Numerics;

namespace Gantry.Sidecar.Phantoms.Drawing;

/// <summary>
/// One straight piece of a vessel. <c>Start</c> is the way the blood has come to it from the root, in millimetres.
/// </summary>
internal readonly record struct VesselSegment(Vector3 From, Vector3 To, float FromRadius, float ToRadius, float Start)
{
    /// <summary>Length in millimetres.</summary>
    public float Length => Vector3.Distance(From, To);
}

/// <summary>Grows trees of vessels that bend a little, taper and fork, staying inside the organ they supply.</summary>
internal static class VesselTree
{
    /// <summary>
    /// Grows one tree from <paramref name="root"/> towards <paramref name="direction"/> until it is thinner than <paramref
    /// name="thinnest"/>.
    /// </summary>
    public static void Grow(List<VesselSegment> tree, Dice dice, Vector3 root, Vector3 direction, float radius, float thinnest,
        float start, Func<Vector3, bool> isInside)
    {
        var at = root;
        direction = Vector3.Normalize(direction);
        // a vessel runs about eight times its radius before it forks
        for (var left = (radius * dice.Between(5, 11)) + 4; left > 0;)
        {
            var step = MathF.Min(6, left);
            left -= step;
            direction = Vector3.Normalize(direction + (0.16f * Wobble(dice)));
            var to = at + (step * direction);
            if (!isInside(to))
                return;
            var thinner = radius * 0.975f;
            tree.Add(new VesselSegment(at, to, radius, thinner, start));
            (at, radius, start) = (to, thinner, start + step);
        }

        if (radius < thinnest)
            return;
        // at a fork r^3 = r1^3 + r2^3 (Murray's law), shared unevenly
        var share = dice.Between(0.35f, 0.65f);
        var side = Vector3.Normalize(Vector3.Cross(direction, Wobble(dice)));
        Grow(tree, dice, at, direction + (0.75f * (1 - share) * side), radius * MathF.Cbrt(share), thinnest, start, isInside);
        Grow(tree, dice, at, direction - (0.75f * share * 1.3f * side), radius * MathF.Cbrt(1 - share), thinnest, start,
            isInside);
    }

    private static Vector3 Wobble(Dice dice) => new(dice.Between(-1, 1), dice.Between(-1, 1), dice.Between(-1, 1));
}
