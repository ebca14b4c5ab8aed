namespace Gantry.Odbc.Reading;

/// <summary>
/// A value that was read: numbers, dates and times stand in <see cref="Bits"/> without boxing, all else in
/// <see cref="Object"/> (DBNull for NULL, an <see cref="Unreadable"/> for what cannot be a value of the column's type).
/// </summary>
internal readonly record struct Cell(long Bits, object? Object)
{
    public static readonly Cell Null = new(0, DBNull.Value);

    public bool IsNull => Object is DBNull;

    public static Cell Of(object value) => new(0, value);
}

/// <summary>A value that the server has but .NET cannot hold, or the driver cannot convert. Its row and the others stay readable.</summary>
/// <param name="Why">End of a sentence about the column; without the value, which may be a patient's.</param>
/// <param name="Text">The value as text, where there is one.</param>
internal sealed record Unreadable(string Why, string? Text = null);
