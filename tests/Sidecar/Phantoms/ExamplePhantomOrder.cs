using Gantry.Sidecar.Phantoms;

namespace Gantry.Sidecar.Tests.Phantoms;

/// <summary>Orders and options that the tests share; small pictures, so that the tests are quick.</summary>
internal static class ExamplePhantomOrder
{
    public static PhantomOrder Complete { get; } = new()
    {
        PatientName = "SMITH^JANE",
        PatientId = "BS001234",
        PatientBirthDate = "19650315",
        PatientSex = "F",
        AccessionNumber = "ACC001",
        StudyInstanceUid = "2.25.1",
        RequestedProcedureId = "RP001",
        ScheduledStepId = "SPS001",
        StudyDescription = "Bilateral Mammography",
        StepDescription = "Both breasts, two views",
        ReferringPhysician = "DOE^JOHN",
        MppsInstanceUid = "2.25.2",
        PerformedStepId = "PPS001",
    };

    /// <summary>A walk-in patient: no order, no performed step, little known.</summary>
    public static PhantomOrder Unscheduled { get; } = new() { PatientName = "", PatientId = "WALKIN" };

    public static PhantomOptions Small { get; } = new()
    {
        Images = 2, Frames = 3, RadiographColumns = 176, MammogramColumns = 192,
    };
}
