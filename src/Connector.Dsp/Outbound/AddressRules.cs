using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace Connector.Dsp.Outbound;

/// <summary>Which IP addresses a peer may have this connector call.</summary>
public static class AddressRules
{
    /// <summary>Not globally reachable, by the IANA special-purpose address registries (RFC 6890), or tunnels that hide an IPv4 address.</summary>
    private static readonly ImmutableArray<IPNetwork> s_closed =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(n => IPNetwork.Parse(n)),
    ];

    /// <summary>Inside of the only global unicast block there is, what is not to be called: protocol assignments with Teredo, documentation, 6to4, segment routing.</summary>
    private static readonly ImmutableArray<IPNetwork> s_closed6 = [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20" }.Select(n => IPNetwork.Parse(n))];

    private static readonly IPNetwork s_global6 = IPNetwork.Parse("2000::/3");

    /// <summary>Whether the address may be called: it is public, or lies in an allowed network. An IPv4 address mapped into IPv6 is judged as what it is.</summary>
    public static bool Allows(IPAddress address, ImmutableArray<IPNetwork> allowed)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return IsPublic(plain) || allowed.Any(n => n.BaseAddress.AddressFamily == plain.AddressFamily && n.Contains(plain));
    }

    private static bool IsPublic(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork
        ? !s_closed.Any(n => n.Contains(address))
        : address.ScopeId == 0 && s_global6.Contains(address) && !s_closed6.Any(n => n.Contains(address));
}
