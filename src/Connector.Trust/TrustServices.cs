using Connector.ControlPlane;
using Connector.ControlPlane.Participants;
using Connector.Trust.Keys;
using Connector.Trust.Oidc;
using Connector.Trust.Signing;
using Connector.Trust.Tls;
using Connector.Trust.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Connector.Trust;

/// <summary>Puts this room's services into a container that has an <see cref="IPeerDirectory"/> and logging.</summary>
public static class TrustServices
{
    /// <summary>
    /// Adds <see cref="IIds"/>, <see cref="ISignatures"/>, <see cref="ITokenSource"/>, <see cref="IPeerAuthenticator"/>,
    /// <see cref="TlsPolicy"/>, <see cref="PeerConnections"/>, <see cref="TlsIdentity"/>, <see cref="KeyRing"/> and its <see cref="IPublicKeys"/>. Faults in the files show when these are first taken.
    /// </summary>
    public static IServiceCollection AddTrust(this IServiceCollection services, TrustOptions options)
    {
        // Where a client certificate is required, a token that is not bound to it would make it worthless.
        var tokens = options.Tls.ClientCertificates == ClientCertificates.Required
            ? options.Tokens with { RequireCertificateBinding = true }
            : options.Tokens;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(tokens);
        services.AddSingleton(options.Tls);
        services.AddSingleton<IIds, Ids>();
        services.AddSingleton(at => new KeyRing(options.ParticipantId, options.KeysFolder, at.GetRequiredService<TimeProvider>(), at.GetRequiredService<ILogger<KeyRing>>()));
        services.AddSingleton<IPublicKeys>(at => at.GetRequiredService<KeyRing>());
        services.AddSingleton<PeerKeys>();
        services.AddSingleton<TlsIdentity>();
        services.AddSingleton<TlsPolicy>();
        services.AddSingleton<PeerConnections>();
        services.AddSingleton<ISignatures, Signatures>();
        services.AddSingleton(at => SelfIssued(at, tokens));
        services.AddSingleton(at => new PinnedTokens(options.ParticipantId, at.GetRequiredService<PeerKeys>(), at.GetRequiredService<TimeProvider>(), tokens));
        foreach (var domain in options.Domains)
            services.AddSingleton(at => Domain(at, domain, options));
        foreach (var domain in options.StaticDomains)
            services.AddSingleton(at => new StaticDomain(domain, at.GetRequiredService<IPeerDirectory>(), at.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ITokenSource, TokenSource>();
        services.AddSingleton<IPeerAuthenticator, PeerAuthenticator>();
        return services;
    }

    private static SelfIssuedTokens SelfIssued(IServiceProvider at, TokenOptions options)
    {
        var tls = at.GetRequiredService<TlsPolicy>();
        return new SelfIssuedTokens(at.GetRequiredService<KeyRing>(), at.GetRequiredService<IIds>(), at.GetRequiredService<TimeProvider>(), options, () => tls.PresentedPin);
    }

    private static OidcDomain Domain(IServiceProvider at, OidcOptions domain, TrustOptions options) => new(
        domain,
        at.GetRequiredService<KeyRing>(),
        options.Tls.PresentAsClient ? at.GetRequiredService<TlsIdentity>() : null,
        at.GetRequiredService<IPeerDirectory>(),
        at.GetRequiredService<IIds>(),
        at.GetRequiredService<TimeProvider>(),
        options.Tokens.Skew,
        at.GetRequiredService<ILogger<OidcDomain>>());
}
