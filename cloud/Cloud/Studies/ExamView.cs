using System.Globalization;
using Gantry.Cloud.Appointments;
using Gantry.Cloud.Data;
using Gantry.Cloud.Gateways;
using Microsoft.EntityFrameworkCore;

namespace Gantry.Cloud.Studies;

/// <summary>A series on the page: "2× CC" and its pictures.</summary>
internal sealed record SeriesView(string Label, IReadOnlyList<ImageView> Images);

/// <summary>A picture on the page.</summary>
internal sealed record ImageView(Guid Id, string Description, bool HasThumbnail, int? Width, int? Height);

/// <summary>The images of a breast. The right one stands first, on the left side, as if one faced the participant.</summary>
internal sealed record BreastView(string Title, string Key, IReadOnlyList<SeriesView> Series);

/// <summary>A row of the dose table.</summary>
internal sealed record DoseRow(string View, string MeanGlandularDose, string EntranceDose, string Kvp, string TargetAndFilter);

/// <summary>A study's way to the viewer.</summary>
internal sealed record StudyLink(string Address, string Text);

/// <summary>All that the page of an appointment shows and that changes while it is open.</summary>
internal sealed record ExamView(
    Guid ClinicId, Guid AppointmentId, string Name, AppointmentState State, IReadOnlyList<BreastView> Breasts, IReadOnlyList<DoseRow> Doses,
    IReadOnlyList<StudyLink> Viewer, string? Delivery, IReadOnlyList<string> Studies)
{
    public bool HasImages => Breasts.Any(breast => breast.Series.Count > 0);

    /// <summary>Before images arrive the state stands in a box of its own; afterwards beside the name.</summary>
    public bool StateBesideName => HasImages || State == AppointmentState.Complete;

    public string AwaitingText => AppointmentStates.Words(State)
        + (State is AppointmentState.SentToModality or AppointmentState.InProgress ? " - Awaiting images" : "");

    /// <summary>Null when the clinic has no such appointment.</summary>
    public static async Task<ExamView?> ReadAsync(
        CloudDb database, CloudSettings settings, Guid clinic, Guid appointment, CancellationToken cancellationToken)
    {
        var found = await database.Appointments.AsNoTracking().Include(each => each.Participant)
            .FirstOrDefaultAsync(each => each.Id == appointment && each.Slot!.ClinicId == clinic, cancellationToken);
        if (found is null)
            return null;
        var images = await database.Images.AsNoTracking().Where(each => each.Series!.Study!.AppointmentId == appointment && each.SetAside == null)
            .Select(each => new Image
            {
                Id = each.Id, SeriesId = each.SeriesId, SopInstanceUid = each.SopInstanceUid, MessageId = "", InstanceNumber = each.InstanceNumber,
                ViewPosition = each.ViewPosition, Laterality = each.Laterality, OrganDose = each.OrganDose, EntranceDoseInMgy = each.EntranceDoseInMgy,
                Kvp = each.Kvp, AnodeTargetMaterial = each.AnodeTargetMaterial, FilterMaterial = each.FilterMaterial,
                Thumbnail = each.Thumbnail == null ? null : Array.Empty<byte>(), ThumbnailWidth = each.ThumbnailWidth, ThumbnailHeight = each.ThumbnailHeight,
                Series = new() { Id = each.Series!.Id, StudyId = each.Series.StudyId, SeriesInstanceUid = each.Series.SeriesInstanceUid,
                    SeriesNumber = each.Series.SeriesNumber, SeriesDescription = each.Series.SeriesDescription },
            }).ToListAsync(cancellationToken);
        var studies = await database.Studies.AsNoTracking().Where(each => each.AppointmentId == appointment).OrderBy(each => each.ReceivedAt)
            .Select(each => each.StudyInstanceUid).ToListAsync(cancellationToken);
        var action = await database.GatewayActions.AsNoTracking().Where(each => each.AppointmentId == appointment)
            .OrderByDescending(each => each.CreatedAt).FirstOrDefaultAsync(cancellationToken);
        return new(clinic, appointment, found.Participant!.FullName, found.State, ImageGroups.ByBreast(images), ImageGroups.Doses(images),
            [.. studies.Select((uid, at) => new StudyLink(settings.ViewerUrl + Uri.EscapeDataString(uid), at == 0 ? "Open images in the viewer" : $"Open study {at + 1} in the viewer"))],
            found.State == AppointmentState.SentToModality ? DeliveryText(action) : null, studies);
    }

    /// <summary>What the clinic should know about an order that is not on the worklist yet.</summary>
    private static string? DeliveryText(ActionRecord? action) => action?.State switch
    {
        ActionState.Retrying => "The hospital's gateway cannot be reached at the moment. The order will be delivered as soon as it can be.",
        ActionState.Failed => "The hospital's gateway did not take the order. Please tell an administrator.",
        _ => null,
    };
}

/// <summary>Images in the order in which people look at them.</summary>
internal static class ImageGroups
{
    public static IReadOnlyList<BreastView> ByBreast(IReadOnlyList<Image> images) =>
    [
        Breast("Right breast", "right", images.Where(image => Side(image) == 'R')),
        Breast("Left breast", "left", images.Where(image => Side(image) == 'L')),
        Breast("Other images", "other", images.Where(image => Side(image) is not ('R' or 'L'))),
    ];

    public static IReadOnlyList<DoseRow> Doses(IReadOnlyList<Image> images) =>
        [.. images.Where(HasDose).OrderBy(image => Side(image) switch { 'R' => 0, 'L' => 1, _ => 2 }).ThenBy(SeriesOrder).ThenBy(InstanceOrder)
            .Select(image => new DoseRow(Describe(image), MeanGlandularDose(image.OrganDose), Unit(image.EntranceDoseInMgy, "mGy"), Unit(image.Kvp, "kV"),
                string.Join(" / ", new[] { image.AnodeTargetMaterial, image.FilterMaterial }.Where(text => !string.IsNullOrWhiteSpace(text))) is { Length: > 0 } both ? both : "–"))];

    private static BreastView Breast(string title, string key, IEnumerable<Image> images) => new(title, key,
        [.. images.GroupBy(image => image.SeriesId).OrderBy(series => SeriesOrder(series.First())).ThenBy(series => series.First().Series!.SeriesInstanceUid, StringComparer.Ordinal)
            .Select(series => new SeriesView(Label([.. series]),
                [.. series.OrderBy(InstanceOrder).ThenBy(image => image.SopInstanceUid, StringComparer.Ordinal).Select(image =>
                    new ImageView(image.Id, Describe(image), image.Thumbnail is not null, image.ThumbnailWidth, image.ThumbnailHeight))]))]);

    /// <summary>"2× CC", or "1× CC, 1× MLO" where a series holds several views.</summary>
    private static string Label(IReadOnlyList<Image> series) =>
        string.Join(", ", series.GroupBy(image => View(image)).OrderBy(view => view.Key, StringComparer.Ordinal).Select(view => $"{view.Count()}× {view.Key}"));

    private static string Describe(Image image) => Side(image) is 'R' or 'L' ? $"{Side(image)} {View(image)}" : View(image);

    private static string View(Image image) => !string.IsNullOrWhiteSpace(image.ViewPosition) ? image.ViewPosition
        : !string.IsNullOrWhiteSpace(image.Series?.SeriesDescription) ? image.Series.SeriesDescription : "image";

    private static char? Side(Image image) => image.Laterality is { Length: > 0 } side ? char.ToUpperInvariant(side.TrimStart().FirstOrDefault()) : null;

    private static int SeriesOrder(Image image) => int.TryParse(image.Series?.SeriesNumber, out var number) ? number : int.MaxValue;

    private static int InstanceOrder(Image image) => int.TryParse(image.InstanceNumber, out var number) ? number : int.MaxValue;

    private static bool HasDose(Image image) =>
        !string.IsNullOrWhiteSpace(image.OrganDose) || !string.IsNullOrWhiteSpace(image.EntranceDoseInMgy) || !string.IsNullOrWhiteSpace(image.Kvp);

    /// <summary>(0040,0316) is in dGy, and people think in mGy.</summary>
    private static string MeanGlandularDose(string? organDose) =>
        decimal.TryParse(organDose, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is > -1e9m and < 1e9m
            ? $"{(value * 100).ToString("0.##", CultureInfo.InvariantCulture)} mGy" : "–";

    private static string Unit(string? value, string unit) => string.IsNullOrWhiteSpace(value) ? "–" : $"{value.Trim()} {unit}";
}
