namespace Gantry.Odbc.Reading;

/// <summary>
/// The rows of a result, in one of two ways: read ahead whole (<see cref="BufferedRows"/>), or a column at a time
/// (<see cref="SequentialRows"/>, CommandBehavior.SequentialAccess).
/// </summary>
internal interface IRows
{
    /// <summary>Whether the next row (or the end) is here already, so that <see cref="Next"/> needs no native call.</summary>
    bool IsNextAtHand { get; }

    /// <summary>Gets rows from the driver. Blocks.</summary>
    void Fill();

    /// <summary>Goes to the next row of those that <see cref="Fill"/> got.</summary>
    /// <returns>False behind the last row.</returns>
    /// <exception cref="OdbcException">The driver failed here; the rows before have all been given.</exception>
    bool Next();

    /// <summary>A column's whole value.</summary>
    Cell this[int ordinal] { get; }

    bool IsNull(int ordinal);

    /// <summary>A binary value in pieces.</summary>
    Stream OpenBytes(int ordinal);

    /// <summary>A text in pieces.</summary>
    TextReader OpenText(int ordinal);
}
