using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using Gantry.Worklist;

namespace Gantry.Sidecar.Backup;

/// <summary>
/// One file with all that a gateway needs to go on elsewhere: a compressed tar of <c>manifest.json</c>, <c>worklist.db</c> (orders, steps,
/// outbox, how far everything was read) and <c>configuration/</c>. It holds patients' names and perhaps passwords: only its owner may read it.
/// </summary>
internal static class BackupFile
{
    private const string Manifest = "manifest.json", Store = "worklist.db", Configuration = "configuration/";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const long LongestManifest = 1 << 20;

    /// <summary>The name of a backup made at a moment; names are in the order of time.</summary>
    public static string NameAt(DateTimeOffset now) => $"gantry-{now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}.tar.gz";

    /// <summary>Makes a backup. What is not whole never has the file's name.</summary>
    /// <exception cref="BackupException">The file cannot be written.</exception>
    /// <exception cref="WorklistStoreException">The store cannot be read.</exception>
    public static async Task<BackupManifest> WriteAsync(
        WorklistStoreOptions store, IReadOnlyList<(string Path, string Name)> configuration, string file, TimeProvider time, CancellationToken cancellationToken)
    {
        var work = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, $".gantry-backup-{Guid.NewGuid():N}");
        try
        {
            MakeOwnFolder(work);
            var copy = Path.Combine(work, Store);
            var contents = await StoreCopy.WriteAsync(store, copy, time, cancellationToken);
            var manifest = new BackupManifest(
                BackupManifest.NewestFormat, time.GetUtcNow(), Assembly.GetExecutingAssembly().GetName().Version?.ToString() ?? "", contents.SchemaVersion, contents.Orders,
                contents.Steps, contents.Undelivered, await DigestAsync(copy, cancellationToken), [.. configuration.Select(each => each.Name)]);
            var whole = Path.Combine(work, "whole");
            await using (var stream = new FileStream(whole, Creating()))
            {
                await using (var compressed = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
                await using (var tar = new TarWriter(compressed, TarEntryFormat.Pax))
                {
                    using var json = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(manifest, BackupJson.Default.BackupManifest));
                    await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, Manifest) { DataStream = json, Mode = OwnerOnly }, cancellationToken);
                    foreach (var (path, name) in configuration.Select(each => (each.Path, Configuration + each.Name)).Append((copy, Store)))
                    {
                        await using var content = File.OpenRead(path);
                        await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = content, Mode = OwnerOnly }, cancellationToken);
                    }
                }
                stream.Flush(flushToDisk: true);
            }
            File.Move(whole, file, overwrite: true);
            return manifest;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"The backup {file} cannot be written: {error.Message.TrimEnd('.')}. Check who may write its folder, and the room on its disk.", error);
        }
        finally
        {
            Remove(work);
        }
    }

    /// <summary>Opens a backup into a folder of its own, and makes sure that it is whole.</summary>
    /// <param name="file">The backup.</param>
    /// <param name="beside">Where to make that folder: on the disk on which the store is to be.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BackupException">It is no backup, damaged, or of a newer program.</exception>
    public static async Task<OpenBackup> OpenAsync(string file, string beside, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(beside, $".gantry-restore-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(beside);
            MakeOwnFolder(folder);
            await using var stream = File.OpenRead(file);
            await using var expanded = new GZipStream(stream, CompressionMode.Decompress);
            await using var tar = new TarReader(expanded);
            BackupManifest? manifest = null;
            while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
            {
                if (entry is { Name: Manifest, Length: > 0 and < LongestManifest, DataStream: { } json })
                    manifest = await JsonSerializer.DeserializeAsync(json, BackupJson.Default.BackupManifest, cancellationToken);
                else if (entry.EntryType is TarEntryType.RegularFile && Place(entry.Name, folder) is { } place)
                {
                    Directory.CreateDirectory(Path.GetDirectoryName(place)!);
                    await using var target = new FileStream(place, Creating());
                    await (entry.DataStream ?? Stream.Null).CopyToAsync(target, cancellationToken);
                }
            }
            if (manifest is { Format: > BackupManifest.NewestFormat })
                throw new BackupException($"The backup {file} was made by a newer Gantry ({manifest.Program}); restore it with that one.");
            var store = Path.Combine(folder, Store);
            if (manifest is null || !File.Exists(store))
                throw new BackupException($"{file} is no backup of Gantry: manifest.json or worklist.db is not in it.");
            if (await DigestAsync(store, cancellationToken) != manifest.Sha256)
                throw new BackupException($"The backup {file} is damaged: the worklist in it is not the one that was put in. Take another backup.");
            return new OpenBackup(folder, store, Path.Combine(folder, Configuration), manifest);
        }
        catch (Exception error)
        {
            Remove(folder);
            throw error switch
            {
                InvalidDataException or EndOfStreamException or FormatException or JsonException =>
                    new BackupException($"{file} is no backup of Gantry, or is damaged: {error.Message.TrimEnd('.')}.", error),
                IOException or UnauthorizedAccessException => new BackupException($"The backup {file} cannot be opened: {error.Message.TrimEnd('.')}.", error),
                _ => error,
            };
        }
    }

    /// <summary>Deletes a folder of work; what cannot be deleted now is no reason to fail.</summary>
    public static void Remove(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Its name says what it is
        }
    }

    /// <summary>Where an entry belongs; null for one that is none of ours, or would lead out of the folder.</summary>
    private static string? Place(string name, string folder) =>
        (name == Store || name.StartsWith(Configuration, StringComparison.Ordinal)) && !name.Split('/').Contains("..") ? Path.Combine(folder, name) : null;

    private static async Task<string> DigestAsync(string file, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }

    private static void MakeOwnFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
    }

    private static FileStreamOptions Creating()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return options;
    }
}

/// <summary>A backup laid out in a folder of its own, which goes when this is disposed.</summary>
/// <param name="Folder">That folder.</param>
/// <param name="Store">The copy of the store.</param>
/// <param name="Configuration">The folder of configuration files; there is none where there are no files.</param>
/// <param name="Manifest">What it says of itself.</param>
internal sealed record OpenBackup(string Folder, string Store, string Configuration, BackupManifest Manifest) : IDisposable
{
    public void Dispose() => BackupFile.Remove(Folder);
}
