namespace Gantry.Sidecar.Archive.Studies;

/// <summary>A study with its series and instances.</summary>
/// <param name="Study">The study.</param>
/// <param name="FrameCount">How many frames can be asked for: <c>frames/0</c> to <c>frames/FrameCount-1</c>.</param>
/// <param name="Series">Its series, by number, then UID.</param>
internal sealed record StudyContents(ArchiveStudy Study, int FrameCount, IReadOnlyList<SeriesContents> Series);

/// <summary>A series.</summary>
/// <param name="SeriesInstanceUid">Its UID.</param>
/// <param name="SeriesNumber">Its number; null if it says none.</param>
/// <param name="Modality">What made it.</param>
/// <param name="SeriesDescription">Its description.</param>
/// <param name="Instances">Its instances, by number, then UID.</param>
internal sealed record SeriesContents(
    string SeriesInstanceUid, int? SeriesNumber, string? Modality, string? SeriesDescription, IReadOnlyList<InstanceContents> Instances);

/// <summary>An instance.</summary>
/// <param name="SopInstanceUid">Its UID.</param>
/// <param name="OrthancId">Orthanc's id.</param>
/// <param name="InstanceNumber">Its number; null if it says none.</param>
/// <param name="FirstFrame">The study's index of its first frame; null for what is no image (reports, presentation states, ...).</param>
/// <param name="Frames">How many frames it has; 0 for what is no image.</param>
internal sealed record InstanceContents(string SopInstanceUid, string OrthancId, int? InstanceNumber, int? FirstFrame, int Frames);

/// <summary>Where a frame of a study is.</summary>
/// <param name="InstanceId">Orthanc's id of the instance.</param>
/// <param name="FileUuid">The name of its file in Orthanc, which changes when the file is replaced.</param>
/// <param name="Frame">The frame in it, from 0.</param>
internal sealed record FramePlace(string InstanceId, string? FileUuid, int Frame);
