using System.Net;
using System.Net.Sockets;

namespace Connector.Dsp.Outbound;

/// <summary>Opens connections to allowed addresses only. The address that is checked is the one connected to, so that a name may change its mind (DNS rebinding) in vain.</summary>
internal sealed class GuardedConnections(OutboundOptions options)
{
    public async ValueTask<Stream> OpenAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancel);
        var allowed = addresses.Where(a => AddressRules.Allows(a, options.AllowedNetworks)).ToArray();
        if (allowed.Length == 0)
        {
            throw new OutboundRefusedException(OutboundRefusals.AddressNotAllowed(host, addresses.FirstOrDefault()));
        }

        for (var i = 0; ; i++)
        {
            var socket = new Socket(allowed[i].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(allowed[i], context.DnsEndPoint.Port), cancel);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException) when (i < allowed.Length - 1)
            {
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }
}
