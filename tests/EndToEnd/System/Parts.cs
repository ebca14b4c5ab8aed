namespace Gantry.EndToEnd.Tests;

/// <summary>What a test wants of the system besides Orthanc and the sidecar.</summary>
[Flags]
internal enum Parts
{
    None = 0,

    /// <summary>The modality simulator.</summary>
    Simulator = 1,

    /// <summary>Images and worklist in PostgreSQL instead of SQLite.</summary>
    Postgres = 2,

    /// <summary>The cloud's web app, with the PostgreSQL that it needs.</summary>
    Cloud = 4,

    /// <summary>The demo EMR.</summary>
    Emr = 8,
}
