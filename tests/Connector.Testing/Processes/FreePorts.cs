using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Connector.Testing.Processes;

/// <summary>
/// TCP ports for daemons: below those that the system gives to outgoing connections, so that none of them takes one before its daemon does, and
/// in blocks of which each belongs to one process, so that tests that run beside each other do not get the same one.
/// </summary>
internal static class FreePorts
{
    private const int First = 15_000;
    private const int Size = 100;
    private const int Blocks = 170;

    private static readonly Lock s_lock = new();

    // Holding its first port is owning a block.
    private static readonly List<TcpListener> s_owned = [];
    private static int s_next = First;

    /// <summary>A port that nothing listens on and that is given to nobody else.</summary>
    public static int Next()
    {
        lock (s_lock)
        {
            while (true)
            {
                if (s_next % Size == 0)
                {
                    s_next = Own();
                }

                var port = s_next++;
                if (Listen(port) is { } free)
                {
                    free.Dispose();
                    return port;
                }
            }
        }
    }

    private static int Own()
    {
        while (true)
        {
            var first = First + (RandomNumberGenerator.GetInt32(Blocks) * Size);
            if (Listen(first) is { } owned)
            {
                s_owned.Add(owned);
                return first + 1;
            }
        }
    }

    private static TcpListener? Listen(int port)
    {
        var listener = new TcpListener(IPAddress.Any, port);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException)
        {
            listener.Dispose();
            return null;
        }
    }
}
