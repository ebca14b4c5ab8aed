using Gantry.Dicom;
using Gantry.Sidecar.Phantoms;

namespace Gantry.Sidecar.Tests.Phantoms;

public sealed class PhantomStudiesTests
{
    public static TheoryData<string> Modalities => [.. PhantomStudies.Drawn, "NM"];

    [Theory]
    [MemberData(nameof(Modalities))]
    public void Every_image_carries_the_order(string modality)
    {
        var order = ExamplePhantomOrder.Complete;
        var image = Make(modality)[0];

        Assert.Equal(modality, image.GetString(DicomTags.Modality));
        Assert.Equal(order.PatientName, image.GetString(DicomTags.PatientName));
        Assert.Equal(order.PatientId, image.GetString(DicomTags.PatientID));
        Assert.Equal(order.PatientBirthDate, image.GetString(DicomTags.PatientBirthDate));
        Assert.Equal(order.PatientSex, image.GetString(DicomTags.PatientSex));
        Assert.Equal(order.AccessionNumber, image.GetString(DicomTags.AccessionNumber));
        Assert.Equal(order.StudyInstanceUid, image.GetString(DicomTags.StudyInstanceUID));
        Assert.Equal(order.StudyDescription, image.GetString(DicomTags.StudyDescription));
        var request = Assert.Single(image.GetItems(DicomTags.RequestAttributesSequence));
        Assert.Equal(order.RequestedProcedureId, request.GetString(DicomTags.RequestedProcedureID));
        Assert.Equal(order.ScheduledStepId, request.GetString(DicomTags.ScheduledProcedureStepID));
        Assert.Equal(order.StepDescription, request.GetString(DicomTags.ScheduledProcedureStepDescription));
        var step = Assert.Single(image.GetItems(DicomTags.ReferencedPerformedProcedureStepSequence));
        Assert.Equal("1.2.840.10008.3.1.2.3.3", step.GetString(DicomTags.ReferencedSOPClassUID));
        Assert.Equal(order.MppsInstanceUid, step.GetString(DicomTags.ReferencedSOPInstanceUID));
        Assert.Equal(order.PerformedStepId, image.GetString(DicomTags.PerformedProcedureStepID));
    }

    [Theory]
    [MemberData(nameof(Modalities))]
    public void Images_of_a_series_share_its_uid_and_have_their_own_numbered_from_1(string modality)
    {
        var images = Make(modality);

        Assert.Single(images.Select(i => i.GetString(DicomTags.SeriesInstanceUID)).Distinct());
        Assert.Equal(images.Count, images.Select(i => i.GetString(DicomTags.SOPInstanceUID)).Distinct().Count());
        Assert.Equal(Enumerable.Range(1, images.Count), images.Select(i => i.GetInt(DicomTags.InstanceNumber) ?? 0));
    }

    [Theory]
    [MemberData(nameof(Modalities))]
    public void Pixel_data_is_as_long_as_rows_columns_and_frames_say(string modality)
    {
        foreach (var image in Make(modality))
        {
            var frames = image.GetInt(DicomTags.NumberOfFrames) ?? 1;
            var expected = image.GetInt(DicomTags.Rows) * image.GetInt(DicomTags.Columns) * frames
                * image.GetInt(DicomTags.BitsAllocated) / 8;

            Assert.Equal(expected, image.GetBytes(DicomTags.PixelData).Length);
        }
    }

    [Fact]
    public void Slices_lie_at_equal_distances_from_head_to_feet_and_are_centred()
    {
        var images = Make("CT", ExamplePhantomOrder.Small with { Images = 8 });
        var heights = images.Select(i =>
            double.Parse(i.GetStrings(DicomTags.ImagePositionPatient)[2],
            System.Globalization.CultureInfo.InvariantCulture)).ToArray();

        Assert.Equal(8, heights.Length);
        Assert.All(heights.Zip(heights.Skip(1)), pair => Assert.Equal(25, pair.First - pair.Second, 3));
        Assert.All(images, i => Assert.Equal(["1", "0", "0", "0", "1", "0"], i.GetStrings(DicomTags.ImageOrientationPatient)));
        Assert.Single(images.Select(i => i.GetString(DicomTags.FrameOfReferenceUID)).Distinct());
    }

    [Fact]
    public void A_screening_exam_has_both_breasts_in_both_views()
    {
        var images = Make("MG");

        Assert.Equal(["R CC", "L CC", "R MLO", "L MLO"], images.Select(i =>
            $"{i.GetString(DicomTags.ImageLaterality)} {i.GetString(DicomTags.ViewPosition)}"));
        Assert.Equal(["P\\L", "A\\R", "P\\FL", "A\\FR"], images.Select(i =>
            string.Join('\\', i.GetStrings(DicomTags.PatientOrientation))));
        Assert.Equal(["399162004", "399162004", "399368009", "399368009"],
            images.Select(i => i.GetItems(DicomTags.ViewCodeSequence)[0].GetString(DicomTags.CodeValue)));
    }

    [Fact]
    public void A_mammogram_states_its_dose_and_how_it_was_made()
    {
        var image = Make("MG")[0];

        // Organ Dose is in dGy, Entrance Dose in mGy (0040,8302) in mGy
        Assert.InRange(image.GetDouble(DicomTags.OrganDose) ?? 0, 0.005, 0.03);
        Assert.InRange(image.GetDouble(DicomTags.EntranceDoseInmGy) ?? 0, 2, 15);
        Assert.InRange(image.GetDouble(DicomTags.KVP) ?? 0, 24, 35);
        Assert.InRange(image.GetDouble(DicomTags.ExposureInuAs) ?? 0, 30000, 200000);
        Assert.InRange(image.GetDouble(DicomTags.CompressionForce) ?? 0, 50, 200);
        Assert.InRange(image.GetDouble(DicomTags.BodyPartThickness) ?? 0, 20, 100);
        Assert.Equal("TUNGSTEN", image.GetString(DicomTags.AnodeTargetMaterial));
        Assert.Equal("RHODIUM", image.GetString(DicomTags.FilterMaterial));
    }

    [Theory]
    [InlineData("CR", "MONOCHROME1")]
    [InlineData("DX", "MONOCHROME2")]
    public void Radiographs_say_which_end_is_white(string modality, string photometric) =>
        Assert.Equal(photometric, Make(modality)[0].GetString(DicomTags.PhotometricInterpretation));

    [Fact]
    public void A_modality_that_nothing_is_drawn_for_becomes_a_secondary_capture_of_that_modality()
    {
        var image = Make(" pt ")[0];

        Assert.Equal("PT", image.GetString(DicomTags.Modality));
        Assert.Equal("1.2.840.10008.5.1.4.1.1.7", image.GetString(DicomTags.SOPClassUID));
    }

    [Fact]
    public void An_unscheduled_exam_names_no_request_and_no_performed_step()
    {
        var image = PhantomStudies.Make("CT", ExamplePhantomOrder.Unscheduled, ExamplePhantomOrder.Small).First().Dataset;

        Assert.False(image.Contains(DicomTags.RequestAttributesSequence));
        Assert.False(image.Contains(DicomTags.ReferencedPerformedProcedureStepSequence));
        Assert.True(DicomUid.IsValid(image.GetString(DicomTags.StudyInstanceUID)));
    }

    [Fact]
    public void Images_are_drawn_one_at_a_time_as_they_are_asked_for()
    {
        var clock = new CountingClock();

        var images = PhantomStudies.Make("CT", ExamplePhantomOrder.Complete, new PhantomOptions { Images = 2000, Time = clock });
        var before = clock.Asked;
        Assert.Equal(2, images.Take(2).Count());

        Assert.Equal(before + 2, clock.Asked);
    }

    [Fact]
    public void Dates_and_times_come_from_the_given_clock()
    {
        var image = PhantomStudies.Make("CR", ExamplePhantomOrder.Complete,
            ExamplePhantomOrder.Small with { Time = new CountingClock() }).First().Dataset;

        Assert.Equal("20260102", image.GetString(DicomTags.StudyDate));
        Assert.Equal("20260102", image.GetString(DicomTags.ContentDate));
        Assert.Equal("+0900", image.GetString(DicomTags.TimezoneOffsetFromUTC));
        Assert.StartsWith("12", image.GetString(DicomTags.AcquisitionTime), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("C-T")]
    [InlineData("A MODALITY TOO LONG")]
    public void A_modality_that_is_no_code_string_is_refused_at_once(string modality) =>
        Assert.Contains($"'{modality}'",
            Assert.Throws<ArgumentException>(() => PhantomStudies.Make(modality, ExamplePhantomOrder.Complete)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_number_of_images_that_cannot_be_is_refused_with_what_is_allowed() =>
        Assert.Contains("Images is 0; allowed are 1 to 2000", Assert.Throws<ArgumentException>(() =>
            PhantomStudies.Make("CT", ExamplePhantomOrder.Complete, new PhantomOptions { Images = 0 })).Message,
                StringComparison.Ordinal);

    [Fact]
    public void A_study_uid_that_is_none_is_refused() => Assert.Throws<ArgumentException>(() =>
        PhantomStudies.Make("CT", ExamplePhantomOrder.Complete with { StudyInstanceUid = "1..2" }));

    private static List<DicomDataset> Make(string modality, PhantomOptions? options = null) =>
        [.. PhantomStudies.Make(modality, ExamplePhantomOrder.Complete, options ?? ExamplePhantomOrder.Small).Select(f =>
            f.Dataset)];

    private sealed class CountingClock : TimeProvider
    {
        public int Asked { get; private set; }

        public override TimeZoneInfo LocalTimeZone { get; } = TimeZoneInfo.CreateCustomTimeZone("site", TimeSpan.FromHours(9),
            "site", "site");

        public override DateTimeOffset GetUtcNow()
        {
            Asked++;
            return new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        }
    }
}
