using System.Text.RegularExpressions;

namespace Connector.Daemon.Configuration;

/// <summary>Participant ids of the form <c>did:web:host[%3Aport][:path…]</c> (did:web method specification, §3.1), or a URN where no peer resolves it.</summary>
public static partial class DidWeb
{
    private const int MaxLength = 512;

    public const string Mend = "give an id such as did:web:connector.example.jp (a host name, %3A before a port, ':' between path parts)";

    /// <summary>Null when it is well-formed, else what is wrong with it.</summary>
    public static string? FaultOf(string id)
    {
        if (id.Length > MaxLength)
        {
            return $"is longer than {MaxLength} characters";
        }

        if (id.StartsWith("urn:", StringComparison.Ordinal))
        {
            return Urn().IsMatch(id) ? null : $"'{id}' is not a URN";
        }

        if (!id.StartsWith("did:web:", StringComparison.Ordinal))
        {
            return id.StartsWith("did:", StringComparison.Ordinal) ? $"'{id}' is a DID of another method than web" : $"'{id}' is not a did:web";
        }

        var parts = id["did:web:".Length..].Split(':');
        if (!Host().IsMatch(parts[0]))
        {
            return $"'{parts[0]}' is not a host name (with %3A and a number for a port)";
        }

        var wrong = parts.Skip(1).FirstOrDefault(part => !PathPart().IsMatch(part));
        return wrong is null ? null : $"'{wrong}' is not a path part of a did:web";
    }

    [GeneratedRegex(@"^(?=[^%]{1,253}(?:%|$))[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*(?:%3[Aa](?:6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3}))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Host();

    [GeneratedRegex(@"^urn:[a-z0-9][a-z0-9-]{0,31}:[A-Za-z0-9()+,.:=@;$_!*'%/?#-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Urn();

    [GeneratedRegex(@"^(?:[A-Za-z0-9._-]|%[0-9A-Fa-f]{2})+\z", RegexOptions.CultureInvariant)]
    private static partial Regex PathPart();
}
