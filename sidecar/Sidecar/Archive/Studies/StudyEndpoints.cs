using Gantry.Dicom;
using Gantry.Sidecar.Auditing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gantry.Sidecar.Archive.Studies;

/// <summary><c>/api/pacs/studies</c> and <c>/api/dicom/studies</c>: what the archive holds.</summary>
internal static class StudyEndpoints
{
    private const int UsualPage = 50;

    public static void MapStudies(this IEndpointRouteBuilder routes)
    {
        const string Keys =
            "date is the study date: YYYYMMDD, YYYY-MM-DD, today, or a range such as 20260101-20260131. modality may repeat. patient_name takes "
            + "* and ?, and without them finds the text anywhere. Pages: hand the answer's next back as cursor until it is missing.";
        var pacs = routes.MapGroup("/api/pacs").WithTags("Archive");
        pacs.MapGet("/studies", PageAsync).WithName("ListPacsStudies").WithSummary("Studies of the archive, a page at a time.").WithDescription(Keys)
            .ProducesArchiveProblems().ShowsPatients();
        var dicom = routes.MapGroup("/api/dicom/studies").WithTags("Images");
        dicom.MapGet("", PageAsync).WithName("ListDicomStudies").WithSummary("Studies whose images can be asked for, a page at a time.")
            .WithDescription(Keys).ProducesArchiveProblems().ShowsPatients();
        dicom.MapGet("/{studyUid}", ReadAsync).WithName("GetDicomStudy").WithSummary("One study with its series, instances and frame numbers.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesArchiveProblems();
    }

    private static async Task<Results<Ok<ArchiveStudyPage>, ValidationProblem>> PageAsync(
        [AsParameters] StudyKeys keys, StudySearch search, TimeProvider time, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var filter = keys.Read(time, errors);
        return errors.Count > 0
            ? TypedResults.ValidationProblem(errors)
            : TypedResults.Ok(await search.PageAsync(filter, keys.Cursor, keys.Limit ?? UsualPage, cancellationToken));
    }

    private static async Task<Results<Ok<StudyContents>, ProblemHttpResult>> ReadAsync(
        string studyUid, StudyReader reader, CancellationToken cancellationToken) =>
        !DicomUid.IsValid(studyUid) ? ArchiveProblems.NoUid(studyUid)
        : await reader.ReadAsync(studyUid, cancellationToken) is { } contents ? TypedResults.Ok(contents)
        : ArchiveProblems.NoSuchStudy(studyUid);
}
