namespace Gantry.Cloud.Clinics.Import;

/// <summary>Somebody's appointment, as a line of a list has it.</summary>
/// <param name="Line">Where in the file, the heading's being 1.</param>
/// <param name="Provider">Who holds the clinic.</param>
/// <param name="Clinic">The clinic's name.</param>
/// <param name="Date">The clinic's day.</param>
/// <param name="StartsAt">The site's local time.</param>
/// <param name="Minutes">How long it takes.</param>
/// <param name="NhsNumber">Ten digits, the last of which is right.</param>
/// <param name="FirstName">As it is written.</param>
/// <param name="LastName">As it is written.</param>
/// <param name="BirthDate">Before today.</param>
/// <param name="Sex">M, F or O.</param>
internal sealed record AppointmentRow(
    int Line, string Provider, string Clinic, DateOnly Date, TimeOnly StartsAt, int Minutes, string NhsNumber, string FirstName, string LastName, DateOnly BirthDate, string Sex);

/// <summary>What is wrong with a line, and how to mend it.</summary>
internal sealed record ImportProblem(int Line, string Text);
