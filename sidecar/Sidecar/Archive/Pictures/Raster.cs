namespace Gantry.Sidecar.Archive.Pictures;

/// <summary>Decoded pixels, row by row, the samples of a pixel beside each other.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Samples">1 for gray, 3 for colour.</param>
/// <param name="Bits">Bits of a sample, 1 to 16.</param>
/// <param name="IsSigned">True if half of the range was added to each value to have none below 0.</param>
/// <param name="Values">The samples.</param>
internal sealed record Raster(int Width, int Height, int Samples, int Bits, bool IsSigned, ushort[] Values);

/// <summary>A picture as a screen shows it: 8 bits, gray (1 sample) or RGB (3).</summary>
internal sealed record ScreenPicture(int Width, int Height, int Samples, byte[] Bytes);

/// <summary>An image cannot be decoded here. The message says why in one sentence, without patient data.</summary>
internal sealed class PictureException(string message, Exception? inner = null) : Exception(message, inner);
