using System.Net;
using Connector.ControlPlane;

namespace Connector.Dsp.Outbound;

/// <summary>Why a call to a peer's address did not succeed.</summary>
public static class OutboundRefusals
{
    public static Refusal AddressNotAllowed(string host, IPAddress? address) => new(
        RefusalKind.Forbidden,
        "address-not-allowed",
        address is null ? $"'{host}' is not an address that may be called" : $"'{host}' is at {address}, which is no public address",
        null,
        $"have the peer name a public address, or add its network to {OutboundOptions.AllowedNetworksSetting}");

    public static Refusal RedirectNotFollowed(Uri from, string to) => new(
        RefusalKind.Forbidden, "redirect-not-followed", $"{from.Authority} redirects to {to}, which is another host, or redirects too often", null, "have the peer name the address that finally answers");

    /// <summary>What a failed call comes to: a refusal of the guard's own, else that the peer could not be reached.</summary>
    public static Refusal Of(Exception exception, Uri address)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is OutboundRefusedException refused)
            {
                return refused.Refusal;
            }
        }

        return new Refusal(RefusalKind.Unavailable, "unreachable", $"{address.Authority} cannot be reached, or broke off", null, "try again; if it lasts, check the address and its certificate");
    }
}
