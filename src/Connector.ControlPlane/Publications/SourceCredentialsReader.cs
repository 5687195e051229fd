using System.Collections.Immutable;
using Connector.Policies.Yaml;

namespace Connector.ControlPlane.Publications;

/// <summary>
/// Reads <c>credentials</c> of an HTTP source: <c>bearer</c>, <c>basic</c> and <c>headers</c>, each naming the place of its secret,
/// <c>{ file: … }</c> or <c>{ env: … }</c>.
/// </summary>
internal static class SourceCredentialsReader
{
    private const string Authorization = "Authorization";

    // Fields that say how the connection and the message are to be read are the client's own.
    private static readonly string[] s_own = ["Host", "Content-Length", "Transfer-Encoding", "Connection", "Range", "TE", "Upgrade", "Trailer", "Expect"];
    private static readonly string[] s_secret = [Authorization, "Proxy-Authorization", "Cookie", "X-Api-Key", "Api-Key", "Ocp-Apim-Subscription-Key"];

    public static bool IsSecretHeader(string name) => s_secret.Contains(name, StringComparer.OrdinalIgnoreCase);

    public static bool IsHeaderName(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') && !s_own.Contains(name, StringComparer.OrdinalIgnoreCase);

    public static ImmutableArray<SourceCredential> Read(Fields http, string folder)
    {
        if (http.Section("credentials") is not { } credentials)
        {
            return [];
        }

        var read = ImmutableArray.CreateBuilder<SourceCredential>();
        if (Place(credentials, "bearer", folder) is { } bearer)
        {
            read.Add(new SourceCredential(Authorization, "Bearer", null, bearer));
        }

        if (credentials.Section("basic") is { } basic)
        {
            var user = basic.Required("user", "write user: name");
            if (Place(basic, "password", folder) is { } password)
            {
                read.Add(new SourceCredential(Authorization, "Basic", user, password));
            }

            basic.Close();
        }

        if (credentials.Section("headers") is { } headers)
        {
            foreach (var entry in headers.Node.Entries)
            {
                if (!IsHeaderName(entry.Key))
                {
                    headers.Fault(entry.Value, entry.Key, "is no header field that may be set", "use letters, digits and '-'");
                }
                else if (Place(headers, entry.Key, folder) is { } secret)
                {
                    read.Add(new SourceCredential(entry.Key, null, null, secret));
                }
            }
        }

        if (read.Select(c => c.Header).GroupBy(h => h, StringComparer.OrdinalIgnoreCase).Any(g => g.Count() > 1))
        {
            http.Fault(http.Find("credentials")!, "credentials", "sets one header field twice", "give bearer or basic, and each header once");
        }

        credentials.Close();
        return read.ToImmutable();
    }

    private static SecretPlace? Place(Fields at, string key, string folder)
    {
        switch (at.Find(key))
        {
            case null:
                return null;
            case YamlMapping:
                break;
            case { } written:
                // The value itself is not repeated: whoever wrote a secret here must not find it in a log as well.
                at.Fault(written, key, "is written into the document", "name its place instead: { file: ./secret } or { env: VARIABLE }");
                return null;
        }

        var place = at.Section(key)!;
        var (file, variable) = (place.FullPath("file", folder), place.Text("env"));
        place.Close();
        if (file is null == variable is null)
        {
            at.Fault(place.Node, key, "names not exactly one place", "write { file: ./secret } or { env: VARIABLE }");
            return null;
        }

        return new SecretPlace(file, variable);
    }
}
