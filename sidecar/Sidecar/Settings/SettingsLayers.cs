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
    /// directory. The appsettings.json beside the program is not the site's.
    /// </summary>
    /// <param name="directory">The working directory.</param>
    /// <param name="environment">The environment variables.</param>
    /// <exception cref="SettingsException">A file that is named is not there, or .env cannot be read.</exception>
    public static IReadOnlyList<(string Path, string Name)> Files(string directory, IReadOnlyDictionary<string, string> environment)
    {
        var appSettings = Path.Combine(directory, "appsettings.json");
        var orthancJson = FileFor(OrthancJsonVariable, "orthanc.json", environment, directory, ReadEnvFile(environment, directory));
        (string? Path, string Name)[] files =
        [
            // Who restores it has .env too, and perhaps not the variables of this process
            (orthancJson, environment.GetValueOrDefault(OrthancJsonVariable) is { Length: > 0 } ? "orthanc.json" : Inside(orthancJson) ?? "orthanc.json"),
            (File.Exists(appSettings) ? appSettings : null, "appsettings.json"),
            (FileFor(EnvFileVariable, ".env", environment, directory, []), ".env"),
        ];
        return [.. files.Where(file => file.Path is not null).Select(file => (file.Path!, file.Name))];

        string? Inside(string? path)
        {
            var relative = path is null ? ".." : Path.GetRelativePath(directory, path);
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
        var named = environment.GetValueOrDefault(variable) is { Length: > 0 } value ? value
            : envFile.LastOrDefault(entry => entry.Name == variable).Value;
        if (string.IsNullOrEmpty(named))
            return File.Exists(Path.Combine(directory, usual)) ? Path.Combine(directory, usual) : null;
        var path = Path.GetFullPath(named, directory);
        return File.Exists(path) ? path : throw new SettingsException([new(variable, named, null, "there is no such file")]);
    }
}
