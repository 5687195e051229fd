namespace Connector.Dsp.Outbound;

/// <summary>Addresses that peers name, read so that a call to one can be made, whether or not it arrives.</summary>
internal static class NamedAddress
{
    /// <summary>An absolute address of http or https; null for anything else.</summary>
    public static Uri? Read(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && HasHost(uri) && TakesPath(text) ? uri : null;

    // What is passed over at an end, such as a space, is part of the host once something follows.
    private static bool TakesPath(string text) => Uri.TryCreate(DspAddresses.Join(text, "/"), UriKind.Absolute, out _);

    // A name in other scripts may have no form that DNS knows (RFC 5891): .NET finds that out only when it is asked for that form, which is within the call.
    private static bool HasHost(Uri uri)
    {
        try
        {
            return uri.IdnHost.Length > 0 && Uri.TryCreate(uri.AbsoluteUri, UriKind.Absolute, out _);
        }
        catch (UriFormatException)
        {
            return false;
        }
    }
}
