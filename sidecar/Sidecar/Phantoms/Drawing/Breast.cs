namespace Gantry.Sidecar.Phantoms.Drawing;

/// <summary>
/// The tissue of one compressed breast in one view: density 0 outside, about 0.1 fat, up to 1 for gland and muscle.
/// </summary>
internal sealed class Breast
{
    private readonly Grain _grain;
    private readonly Dice _dice;
    private readonly BreastView _view;
    private readonly float _reach;
    private readonly float _nipple;

    public Breast(int seed, BreastView view)
    {
        _grain = new Grain(seed);
        _dice = new Dice(seed + (10 * (int)view));
        _view = view;
        var size = new Dice(seed / 1000).Between(0.94f, 1.06f);
        _reach = (view == BreastView.CranioCaudal ? 92 : 98) * size;
        _nipple = view == BreastView.CranioCaudal ? 2 : 22;
    }

    /// <summary>Density at a point: u from the chest wall, v down the image.</summary>
    public float Density(float u, float v)
    {
        var depth = Depth(u, v);
        if (depth <= 0)
            return 0;
        // skin, then the compressed part whose thickness falls off at the rim
        var thick = 0.55f + (0.45f * MathF.Min(1, MathF.Sqrt(depth / 14)));
        var skin = 0.26f * Canvas.Inside(depth - 1.3f, 0.5f);
        var strands = _grain.Fractal(u / 13, v / 13, 3, 4);
        var fat = 0.16f + (0.05f * strands);
        var muscle = _view == BreastView.MedioLateralOblique ? Pectoral(u, v) : 0;
        var tissue = (fat + Ligament(u, v, strands) + Gland(u, v, depth, strands)) * thick;
        if (muscle > 0)
            tissue += muscle * (0.52f - (tissue * 0.5f)
                + (0.05f * _grain.Fractal((u + (0.5f * v)) / 4, (v - (0.5f * u)) / 22, 31, 2)));
        return tissue + skin;
    }

    /// <summary>Draws the ducts that gather behind the nipple, the nipple, and a vein.</summary>
    public void DrawDucts(Canvas canvas)
    {
        for (var i = 0; i < 9; i++)
        {
            float spread = (i - 4) * 6.5f, end = _reach - _dice.Between(34, 60);
            canvas.AddRound(BentTube.Through(5, (_reach - 4, _nipple, 0.9f), (_reach - 18, _nipple + (spread * 0.35f), 0.75f),
                ((_reach + end) / 2, _nipple + (spread * 0.75f) + _dice.Between(-3, 3), 0.5f),
                    (end, _nipple + spread + _dice.Between(-5, 5), 0.3f)), 0.07f, 0.8f);
        }

        var top = _nipple - _dice.Between(34, 42);
        canvas.AddRound(BentTube.Through(6, (4, top - 14, 1.1f), (22, top - 10, 1), (36, top - 13, 0.9f), (52, top - 2, 0.8f),
            (64, top + 6, 0.6f)), 0.12f, 0.9f);
    }

    /// <summary>
    /// Adds calcifications: a few scattered round ones, and one cluster in the upper outer part of the left breast.
    /// </summary>
    public void DrawCalcifications(PhantomImage image, bool isRight)
    {
        for (var i = 0; i < 5; i++)
            Calcification(image, isRight, _dice.Between(20, _reach - 22), _nipple + _dice.Between(-38, 34),
                _dice.Between(0.18f, 0.42f), 900);
        for (var i = 0; i < (isRight ? 0 : 11); i++)
            Calcification(image, isRight, 46 + _dice.Between(-4, 4), _nipple - 26 + _dice.Between(-4, 4),
                _dice.Between(0.1f, 0.24f), 1300);
    }

    // Distance to the skin from within, in millimetres: a half ellipse on the chest wall, hanging a little in the oblique view.
    private float Depth(float u, float v)
    {
        if (_view == BreastView.CranioCaudal)
            return SmoothMax(-new Ellipse(-4, _nipple, _reach + 4, 89).Distance(u + Point(v), v), Nipple(u, v));
        var half = v < _nipple ? 124f : 62f;
        var lower = SmoothMax(-new Ellipse(-6, _nipple, _reach + 6, half).Distance(u + (0.6f * Point(v)), v), Nipple(u, v));
        // above, the skin runs on to the armpit; below, to the fold under the breast
        var armpit = 50 + (0.16f * (v + 100)) - u;
        return v < _nipple - 20 ? SmoothMax(lower, MathF.Min(armpit, 60)) : lower;
    }

    private float Point(float v) => (0.0007f * (v - _nipple) * (v - _nipple)) + (1.6f * _grain.Smooth(v / 34, 5));

    private float Nipple(float u, float v) => -new Ellipse(_reach, _nipple, 5.5f, 4.8f).Distance(u, v);

    // the larger of two, rounded off where they meet so that outlines have no corner
    private static float SmoothMax(float a, float b)
    {
        var h = MathF.Max(0, 9 - MathF.Abs(a - b)) / 9;
        return MathF.Max(a, b) + (h * h * 2.2f);
    }

    // Cooper's ligaments: thin bright curves through the fat, in some places only
    private float Ligament(float u, float v, float strands)
    {
        var present = Canvas.Inside(-0.15f - _grain.Smooth(u / 15, v / 15, 19), 0.35f);
        return present <= 0 ? 0 : 0.10f * present
            * MathF.Exp(-MathF.Abs(_grain.Fractal((u + (5 * strands)) / 26, v / 13, 11, 2)) * 16);
    }

    // Glandular tissue: a ragged cone behind the nipple, away from the skin and the chest wall
    private float Gland(float u, float v, float depth, float strands)
    {
        float along = u / _reach, across = v - _nipple + (_view == BreastView.CranioCaudal ? 7 * (1 - along) : 12 * (1 - along));
        var cone = 12 + (50 * MathF.Sqrt(Math.Clamp(1.05f - along, 0f, 1f)));
        if (MathF.Abs(across) > cone + 16)
            return 0;
        var ragged = 14 * _grain.Fractal(u / 20, v / 20, 41, 3);
        var inside = Canvas.Inside(MathF.Abs(across) - cone + ragged + 8, 9) * Canvas.Inside(14 - u + ragged, 14)
            * Canvas.Inside(6 - depth + (0.3f * ragged), 5);
        return inside <= 0 ? 0 : MathF.Max(0,
            inside * (0.34f + (0.22f * strands) + (0.14f * _grain.Fractal(u / 5, v / 5, 23, 3))));
    }

    private static float Pectoral(float u, float v) =>
        Canvas.Inside(u - (52 - (0.43f * (v + 100))) + (0.0016f * (v + 40) * (v + 40)) - 4, 1.6f);

    private static void Calcification(PhantomImage image, bool isRight, float u, float v, float radius, int value)
    {
        float x = u / (float)image.PixelSpacing, y = (v / (float)image.PixelSpacing) + (image.Rows / 2f),
            r = MathF.Max(0.8f, radius / (float)image.PixelSpacing);
        if (isRight)
            x = image.Columns - 1 - x;
        for (var row = (int)(y - r - 1); row <= y + r + 1; row++)
        {
            for (var column = (int)(x - r - 1); column <= x + r + 1; column++)
            {
                if (row < 0 || row >= image.Rows || column < 0 || column >= image.Columns)
                    continue;
                var cover = Canvas.Inside(MathF.Sqrt(((column - x) * (column - x)) + ((row - y) * (row - y))) - r, 1);
                ref var pixel = ref image.Pixels[(row * image.Columns) + column];
                pixel = (ushort)Math.Min(4095, pixel + (cover * value));
            }
        }
    }
}
