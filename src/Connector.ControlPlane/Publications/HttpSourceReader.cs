using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Connector.Policies.Yaml;

namespace Connector.ControlPlane.Publications;

/// <summary>
/// Reads <c>source.http</c> of a Dataset document: <c>url</c>, <c>paths</c>, <c>query</c>, <c>headers</c>, <c>credentials</c>, <c>allowedNetworks</c>, <c>maxBytes</c>.
/// </summary>
internal static class HttpSourceReader
{
    public static HttpSource? Read(Fields http, string folder)
    {
        var address = Address(http);
        var source = new HttpSource(address ?? new Uri("http://invalid"))
        {
            Paths = [.. http.Texts("paths").Select(p => Pattern(http, p))],
            Query = http.Texts("query"),
            Headers = Plain(http),
            Credentials = SourceCredentialsReader.Read(http, folder),
            AllowedNetworks = Networks(http),
            MaxBytes = MaxBytes(http),
        };
        foreach (var name in source.Query.Where(name => address is not null && FixedNames(address).Contains(name)))
        {
            http.Fault(http.Find("query")!, "query", $"'{name}' stands in the url already", "leave it out of one of the two");
        }

        http.Close();
        return address is null ? null : source;
    }

    private static Uri? Address(Fields http)
    {
        var text = http.Required("url", "write url: https://host/path");
        if (text.Length == 0)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
        {
            http.Fault(http.Find("url")!, "url", "is no address of http or https", "write url: https://host/path");
            return null;
        }

        if (uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
        {
            http.Fault(http.Find("url")!, "url", "holds a user, a password or a fragment", "name the secret's place under credentials: { basic: { user: …, password: { file: … } } }");
            return null;
        }

        return uri;
    }

    private static HashSet<string> FixedNames(Uri address) =>
        [.. address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => Uri.UnescapeDataString(p.Split('=')[0]))];

    private static string Pattern(Fields http, string pattern)
    {
        var parts = pattern.Trim('/').Split('/');
        if (parts.Where((p, i) => p is "" or "." or ".." || (p == "**" && i < parts.Length - 1) || (p.Contains('*', StringComparison.Ordinal) && p is not ("*" or "**"))).Any())
        {
            http.Fault(http.Find("paths")!, "paths", $"'{pattern}' is no pattern", "write parts with '/' between, '*' for any one part, '**' at the end for any number: items/*, reports/**");
        }

        return string.Join('/', parts);
    }

    private static ImmutableSortedDictionary<string, string> Plain(Fields http)
    {
        var headers = http.Words("headers");
        foreach (var name in headers.Keys.Where(SourceCredentialsReader.IsSecretHeader))
        {
            http.Fault(http.Find("headers")!, $"headers.{name}", "holds a secret, which a document must not", "name the secret's place under credentials");
        }

        foreach (var (name, value) in headers.Where(h => !SourceCredentialsReader.IsHeaderName(h.Key) || h.Value.Any(c => c is < ' ' or > '~')))
        {
            http.Fault(http.Find("headers")!, $"headers.{name}", $"'{name}: {value}' is no header field", "use letters, digits and '-' in the name, and printable ASCII in the value");
        }

        return headers;
    }

    private static ImmutableArray<IPNetwork> Networks(Fields http)
    {
        var networks = ImmutableArray.CreateBuilder<IPNetwork>();
        foreach (var text in http.Texts("allowedNetworks"))
        {
            if (IPNetwork.TryParse(text, out var network))
            {
                networks.Add(network);
            }
            else
            {
                http.Fault(http.Find("allowedNetworks")!, "allowedNetworks", $"'{text}' is no network", "write it as 10.0.0.0/8 or fd00::/8");
            }
        }

        return networks.ToImmutable();
    }

    private static long MaxBytes(Fields http)
    {
        var most = new HttpSource(new Uri("http://invalid")).MaxBytes;
        if (http.Text("maxBytes") is not { } text)
        {
            return most;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes > 0)
        {
            return bytes;
        }

        http.Fault(http.Find("maxBytes")!, "maxBytes", $"'{text}' is no number of bytes", "write a whole number above 0");
        return most;
    }
}
