using System.Buffers.Text;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;

namespace Connector.Cli.Remote;

/// <summary>A TLS connection to a connector's management API: its certificate is checked against a pin, calls carry the operator's token.</summary>
internal sealed class Connection : IDisposable
{
    private const int MaxAnswerBytes = 64 << 20;
    private readonly GrpcChannel _channel;

    public Connection(ManagementAddress address)
    {
        Address = address;
        var token = CallCredentials.FromInterceptor((_, metadata) =>
        {
            metadata.Add("authorization", $"Bearer {address.Token}");
            return Task.CompletedTask;
        });
        _channel = GrpcChannel.ForAddress(address.Uri, new GrpcChannelOptions
        {
            HttpHandler = Handler(address.CertificatePin),
            DisposeHttpClient = true,
            Credentials = ChannelCredentials.Create(ChannelCredentials.SecureSsl, token),
            MaxReceiveMessageSize = MaxAnswerBytes,
        });
    }

    public ManagementAddress Address { get; }

    /// <summary>Where a generated client makes its calls.</summary>
    public CallInvoker Calls => _channel.CreateCallInvoker();

    public void Dispose() => _channel.Dispose();

    private static SocketsHttpHandler Handler(string pin) => new()
    {
        UseProxy = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        EnableMultipleHttp2Connections = true,
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is X509Certificate2 shown && PinOf(shown) == pin,
        },
    };

    private static string PinOf(X509Certificate2 certificate) => Base64Url.EncodeToString(SHA256.HashData(certificate.RawDataMemory.Span));
}
