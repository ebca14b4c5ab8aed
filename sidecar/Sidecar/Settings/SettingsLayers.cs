using System.Collections;

namespace Gantry.Sidecar.Settings;

/// <summary>
/// The layers of settings, each winning over those above it: orthanc.json's shared keys, appsettings.json beside the
/// program, appsettings.json in the working directory, .env, environment variables, <c>--Section:Key value</c> arguments.
/// </summary>
internal static class SettingsLayers
{
    /// <summary>Names the orthanc.json to read; without it, the one in the working directory is read if there.</summary>
    public const string OrthancJsonVariable = "ORTHANC_JSON";

    /// <summary>Names the .env file to read; without it, the one in the working directory is read if there.</summary>
    public const string EnvFileVariable = "GANTRY_ENV_FILE";

    /// <summary>Builds the layers.</summary>
    /// <param name="arguments">Arguments of the host, without the command.</param>
    /// <param name="directory">The working directory.</param>
    /// <param name="environment">The environment variables; null takes the process's own.</param>
    /// <exception cref="SettingsException">A file cannot be read.</exception>
    public static IConfigurationRoot Build(
        IReadOnlyList<string> arguments, string directory, IReadOnlyDictionary<string, string>? environment = null)
    {
        environment ??= ProcessEnvironment();
        var builder = new ConfigurationBuilder();
        var envFile = ReadEnvFile(environment, directory);
        if (FileFor(OrthancJsonVariable, "orthanc.json", environment, directory, envFile) is { } orthancJson)
            builder.Add(new LayerSource(OrthancJson.Read(orthancJson)));
        foreach (var place in new[] { AppContext.BaseDirectory, directory }.Distinct())
            builder.AddJsonFile(Path.Combine(place, "appsettings.json"), optional: true, reloadOnChange: false);
        builder.Add(new LayerSource(EnvironmentNames.Values(envFile)));
        builder.Add(new LayerSource(EnvironmentNames.Values(
            environment.Select(pair => (pair.Key, pair.Value, $"environment variable {pair.Key}")))));
        builder.AddCommandLine([.. arguments]);
        try
        {
            return builder.Build();
        }
        catch (InvalidDataException error)
        {
            throw new SettingsException([new("appsettings.json", null, null,
                $"{error.Message.TrimEnd('.')} {error.InnerException?.InnerException?.Message ?? error.InnerException?.Message}".TrimEnd('.', ' '))]);
        }
    }

    /// <summary>The process's own environment variables.</summary>
    public static IReadOnlyDictionary<string, string> ProcessEnvironment() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToDictionary(pair => (string)pair.Key, pair => (string?)pair.Value ?? "", StringComparer.Ordinal);

    /// <summary>
    /// The files of the site that the layers are read from, each with its usual name, and one that .env names with its place in the working
    /// directory. What is gone since they were read is left out. The appsettings.json beside the program is not the site's.
    /// </summary>
    /// <param name="directory">The working directory.</param>
    /// <param name="environment">The environment variables.</param>
    public static IReadOnlyList<(string Path, string Name)> Files(string directory, IReadOnlyDictionary<string, string> environment)
    {
        var envFile = PlaceOf(EnvFileVariable, ".env", environment, directory, []).Path;
        var orthancJson = PlaceOf(OrthancJsonVariable, "orthanc.json", environment, directory, EntriesOf(envFile)).Path;
        // Who restores it has .env too, and perhaps not the variables of this process
        var isOfTheProcess = environment.GetValueOrDefault(OrthancJsonVariable) is { Length: > 0 };
        (string Path, string Name)[] files =
        [
            (orthancJson, isOfTheProcess ? "orthanc.json" : Inside(orthancJson) ?? "orthanc.json"),
            (Path.Combine(directory, "appsettings.json"), "appsettings.json"), (envFile, ".env"),
        ];
        return [.. files.Where(file => File.Exists(file.Path))];

        IReadOnlyList<(string Name, string Value, string Origin)> EntriesOf(string path)
        {
            try
            {
                return File.Exists(path) ? ReadEnvFile(environment, directory) : [];
            }
            catch (SettingsException)
            {
                // Spoiled since the start; the next start says so
                return [];
            }
        }

        string? Inside(string path)
        {
            var relative = Path.GetRelativePath(directory, path);
            return Path.IsPathRooted(relative) || relative.StartsWith("..", StringComparison.Ordinal) ? null : relative.Replace('\\', '/');
        }
    }

    private static IReadOnlyList<(string Name, string Value, string Origin)> ReadEnvFile(
        IReadOnlyDictionary<string, string> environment, string directory)
    {
        if (FileFor(EnvFileVariable, ".env", environment, directory, []) is not { } path)
            return [];
        try
        {
            return EnvFile.Parse(File.ReadAllText(path), path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([new(path, null, null, $"the file cannot be read ({error.Message.TrimEnd('.')})")]);
        }
    }

    /// <summary>The file that a variable names, which must be there, or the usual one if it is there.</summary>
    private static string? FileFor(
        string variable, string usual, IReadOnlyDictionary<string, string> environment, string directory,
        IReadOnlyList<(string Name, string Value, string Origin)> envFile)
    {
        var (path, named) = PlaceOf(variable, usual, environment, directory, envFile);
        return File.Exists(path) ? path : named is null ? null : throw new SettingsException([new(variable, named, null, "there is no such file")]);
    }

    /// <summary>Where that file is, or would be, and how it was named; null if it was not.</summary>
    private static (string Path, string? Named) PlaceOf(
        string variable, string usual, IReadOnlyDictionary<string, string> environment, string directory,
        IReadOnlyList<(string Name, string Value, string Origin)> envFile)
    {
        var named = environment.GetValueOrDefault(variable) is { Length: > 0 } value ? value
            : envFile.LastOrDefault(entry => entry.Name == variable).Value;
        return string.IsNullOrEmpty(named) ? (Path.Combine(directory, usual), null) : (Path.GetFullPath(named, directory), named);
    }
}
