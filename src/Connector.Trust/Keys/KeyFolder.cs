using System.Globalization;

namespace Connector.Trust.Keys;

/// <summary>
/// The folder of signing keys: <c>signing-0001.pem</c>, <c>signing-0002.pem</c> … The last by name signs; all of them are
/// published and verify, so that peers can learn a new key before the old one goes.
/// </summary>
public static class KeyFolder
{
    private const string Pattern = "signing-*.pem";

    /// <summary>Most keys in the folder.</summary>
    public const int MaximumKeys = 16;

    /// <summary>Makes the folder (mode 0700) and its first key; the answer is the key file's path.</summary>
    /// <exception cref="TrustException">There are keys in it already, or it cannot be written.</exception>
    public static string Create(string folder)
    {
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(folder);
            else
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new TrustException($"{folder}: cannot be made: {fault.Message}", fault);
        }

        if (Files(folder).Count > 0)
            throw new TrustException($"{folder}: holds signing keys already; add one by rotation instead");
        return Add(folder, 1);
    }

    /// <summary>Adds a key, which signs from now on; the answer is its file's path. Running connectors take it up by themselves.</summary>
    /// <exception cref="TrustException">There is no key yet, there are too many, or the folder cannot be written.</exception>
    public static string Rotate(string folder)
    {
        var files = Files(folder);
        if (files.Count == 0)
            throw new TrustException($"{folder}: holds no signing key; make the first with `connector init`");
        if (files.Count >= MaximumKeys)
            throw new TrustException($"{folder}: holds {files.Count} signing keys; remove those that no agreement in force was signed with");
        var last = Path.GetFileNameWithoutExtension(files[^1])["signing-".Length..];
        var number = int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed)
            ? parsed
            : throw new TrustException($"{files[^1]}: expected a number after 'signing-', so that the order of keys is clear; rename it");
        return Add(folder, number + 1);
    }

    /// <summary>The key files, oldest first.</summary>
    public static IReadOnlyList<string> Files(string folder) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, Pattern).Order(StringComparer.Ordinal)] : [];

    private static string Add(string folder, int number)
    {
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"signing-{number:D4}.pem"));
        SecretFile.Write(path, SigningKey.NewPem());
        return path;
    }
}
