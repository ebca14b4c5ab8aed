namespace Gantry.Sidecar.Phantoms;

/// <summary>How many images are drawn, how large, and when and where they were taken.</summary>
internal sealed record PhantomOptions
{
    /// <summary>Chooses the vessels, folds and grain; the same number draws the same pictures.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// Images of a series: slices of CT (default 20) and MR (16), views of ultrasound (3), test cards (1). Null takes the
    /// default. 1 to 2000.
    /// </summary>
    public int? Images { get; init; }

    /// <summary>Frames of an angiographic run, 1 to 200.</summary>
    public int Frames { get; init; } = 20;

    /// <summary>Columns of a radiograph (CR, DX), 64 to 4096; rows follow from it. 1760 gives 1760 x 2140.</summary>
    public int RadiographColumns { get; init; } = 1760;

    /// <summary>Columns of a mammogram, 64 to 4096; rows follow from it. 1536 gives 1536 x 2048.</summary>
    public int MammogramColumns { get; init; } = 1536;

    /// <summary>Series Number of the series that is made.</summary>
    public int SeriesNumber { get; init; } = 1;

    /// <summary>Station Name (SH) of the emulated modality.</summary>
    public string StationName { get; init; } = "GANTRY";

    /// <summary>Gives series, images and frames of reference their UIDs, by what they are; new ones by default.</summary>
    public Func<string, string> Uids { get; init; } = ExamUids.New;

    /// <summary>The clock for the dates and times in the images.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Throws if a number is outside its range.</summary>
    /// <exception cref="ArgumentException">Names the option, its value and what is allowed.</exception>
    public void Validate()
    {
        Check(nameof(Images), Images ?? 1, 1, 2000);
        Check(nameof(Frames), Frames, 1, 200);
        Check(nameof(RadiographColumns), RadiographColumns, 64, 4096);
        Check(nameof(MammogramColumns), MammogramColumns, 64, 4096);
    }

    private static void Check(string option, int value, int least, int most)
    {
        if (value < least || value > most)
            throw new ArgumentException($"{option} is {value}; allowed are {least} to {most}.", option);
    }
}
