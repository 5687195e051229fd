using System.Net;
using System.Net.Sockets;

namespace Connector.Cli.Local.Demo;

/// <summary>Finds TCP ports on the loopback address that nobody listens on.</summary>
internal static class FreePorts
{
    // Below the range that systems hand out to outgoing connections, so that none of those takes one meanwhile.
    private const int First = 20_000;
    private const int Last = 32_000;
    private const int Attempts = 500;

    public static int[] Take(int count, Random random)
    {
        var found = new HashSet<int>();
        for (var i = 0; i < Attempts && found.Count < count; i++)
        {
            var port = random.Next(First, Last);
            if (IsFree(port))
            {
                found.Add(port);
            }
        }

        return found.Count == count
            ? [.. found]
            : throw new Failure($"no {count} free TCP ports were found between {First} and {Last} on this machine", "end programs that hold them, and try again");
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port) { ExclusiveAddressUse = true };
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
