namespace Gantry.Sidecar.Phantoms.Drawing;

/// <summary>
/// A small random number generator (xorshift) of our own: the same seed gives the same pictures on every runtime and for ever,
/// which <see cref="Random"/> does not promise.
/// </summary>
internal sealed class Dice(int seed)
{
    private uint _state = Scramble((uint)seed);

    /// <summary>The next number in [0, 1).</summary>
    public float Next()
    {
        _state ^= _state << 13;
        _state ^= _state >> 17;
        _state ^= _state << 5;
        return (_state >> 8) * (1f / 16777216f);
    }

    /// <summary>The next number between <paramref name="low"/> and <paramref name="high"/>.</summary>
    public float Between(float low, float high) => low + ((high - low) * Next());

    private static uint Scramble(uint value)
    {
        value = (value ^ 0x9E3779B9u) * 0x85EBCA6Bu;
        value ^= value >> 13;
        // a xorshift generator never leaves zero
        return value == 0 ? 0x6D2B79F5u : value;
    }
}
