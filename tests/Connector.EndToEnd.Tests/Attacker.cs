using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Grpc.Core;
using Grpc.Net.Client;

namespace Connector.EndToEnd.Tests;

/// <summary>Speaks to a connector's peer port with whatever it likes: it may hold the customer's keys, and bends every rule with them.</summary>
internal sealed class Attacker : IDisposable
{
    private readonly Company _customer;
    private readonly Company _supplier;
    private readonly ECDsa _key = ECDsa.Create();
    private readonly string _kid;
    private readonly X509Certificate2 _certificate;
    private readonly GrpcChannel _channel;

    /// <param name="presentCertificate">Whether the TLS connection shows the customer's certificate.</param>
    public Attacker(Company customer, Company supplier, bool presentCertificate = true)
    {
        (_customer, _supplier) = (customer, supplier);
        _key.ImportFromPem(File.ReadAllText(Directory.EnumerateFiles(Path.Combine(customer.Folder, "keys"), "*.pem").Single()));
        var line = File.ReadLines(Path.Combine(customer.Folder, "peer.yaml")).Single(l => l.TrimStart().StartsWith("- {", StringComparison.Ordinal));
        _kid = JsonNode.Parse(line.TrimStart(' ', '-'))!["kid"]!.GetValue<string>();
        using var pem = X509Certificate2.CreateFromPemFile(Path.Combine(customer.Folder, "keys", "tls.crt"), Path.Combine(customer.Folder, "keys", "tls.key"));
        _certificate = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        using var shown = X509Certificate2.CreateFromPem(File.ReadAllText(Path.Combine(supplier.Folder, "keys", "tls.crt")));
        var expected = shown.RawData;
        var address = new Uri($"https://localhost:{supplier.PeerPort}");
        _channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions { HttpHandler = Handler(), DisposeHttpClient = true });
        Calls = _channel.CreateCallInvoker();
        Http = new HttpClient(Handler()) { BaseAddress = address };

        SocketsHttpHandler Handler() => new()
        {
            SslOptions =
            {
                RemoteCertificateValidationCallback = (_, server, _, _) => server!.GetRawCertData().SequenceEqual(expected),
                ClientCertificates = presentCertificate ? [_certificate] : null,
            },
        };
    }

    public CallInvoker Calls { get; }

    public HttpClient Http { get; }

    /// <summary>A token as the customer's connector would make it, bent by <paramref name="bend"/>.</summary>
    public string Token(Action<JsonObject, JsonObject>? bend = null, ECDsa? key = null, bool unsigned = false)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var header = new JsonObject { ["alg"] = "ES256", ["typ"] = "JWT", ["kid"] = _kid };
        var payload = new JsonObject
        {
            ["iss"] = _customer.Id,
            ["sub"] = _customer.Id,
            ["aud"] = _supplier.Id,
            ["iat"] = now,
            ["nbf"] = now,
            ["exp"] = now + 60,
            ["jti"] = Guid.NewGuid().ToString(),
            ["cnf"] = new JsonObject { ["x5t#S256"] = Base64Url.EncodeToString(SHA256.HashData(_certificate.RawData)) },
        };
        bend?.Invoke(header, payload);
        var content = $"{Encode(header)}.{Encode(payload)}";
        var signature = unsigned ? "" : Base64Url.EncodeToString((key ?? _key).SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256));
        return $"{content}.{signature}";
    }

    public static Metadata Bearer(string? token) => token is null ? [] : new Metadata { { "authorization", $"Bearer {token}" } };

    public void Dispose()
    {
        Http.Dispose();
        _channel.Dispose();
        _certificate.Dispose();
        _key.Dispose();
    }

    private static string Encode(JsonObject json) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(json));
}
