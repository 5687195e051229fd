using Connector.Trust.Signing;
using Duende.IdentityModel.Client;
using Microsoft.Extensions.Logging;

namespace Connector.Trust.Oidc;

/// <summary>
/// An issuer's published facts, asked for by OpenID Connect discovery and kept: renewed in the background when they age, at once
/// when a token names an unknown key (not oftener than the options say), and by one request at a time.
/// </summary>
internal sealed class IssuerMetadata(OidcOptions options, HttpClient http, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private IssuerFacts? _facts;
    private long _loadedAt;
    private long _triedAt;
    private bool _tried;
    private Task<IssuerFacts?>? _loading;

    /// <summary>The facts, or null while the issuer cannot be reached and none in hand are fresh enough.</summary>
    public async ValueTask<IssuerFacts?> GetAsync(CancellationToken cancel)
    {
        var facts = _facts;
        var age = facts is null ? TimeSpan.MaxValue : time.GetElapsedTime(_loadedAt);
        if (facts is not null && age < options.KeysRefresh)
            return facts;
        var loading = Load(facts is null ? RetryAfter : options.KeysMinimumInterval);
        if (facts is not null && age < options.KeysMaximumAge)
            return facts;
        return loading is null ? null : await loading.WaitAsync(cancel);
    }

    /// <summary>The facts after asking again because of an unknown key id; those in hand when that was done just before.</summary>
    public async ValueTask<IssuerFacts?> AgainAsync(CancellationToken cancel) =>
        Load(options.KeysMinimumInterval) is { } loading ? await loading.WaitAsync(cancel) ?? _facts : _facts;

    private Task<IssuerFacts?>? Load(TimeSpan interval)
    {
        lock (_lock)
        {
            if (_loading is not null)
                return _loading;
            if (_tried && time.GetElapsedTime(_triedAt) < interval)
                return null;
            _tried = true;
            _triedAt = time.GetTimestamp();
            return _loading = Task.Run(LoadAsync);
        }
    }

    private async Task<IssuerFacts?> LoadAsync()
    {
        try
        {
            var facts = await AskAsync();
            lock (_lock)
            {
                _facts = facts;
                _loadedAt = time.GetTimestamp();
            }

            Log.IssuerKeysLoaded(log, options.Issuer, facts.Keys.Count);
            return facts;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            Log.IssuerKeysNotLoaded(log, options.Issuer, fault.Message);
            return null;
        }
        finally
        {
            lock (_lock)
                _loading = null;
        }
    }

    private async Task<IssuerFacts> AskAsync()
    {
        var policy = new DiscoveryPolicy { Authority = options.Issuer, RequireHttps = true, AllowHttpOnLoopback = false };
        foreach (var address in options.EndpointAddresses)
            policy.AdditionalEndpointBaseAddresses.Add(address);
        var answer = await http.GetDiscoveryDocumentAsync(new DiscoveryDocumentRequest { Address = options.Issuer, Policy = policy });
        if (answer.IsError || answer.KeySet is null)
            throw new TrustException($"discovery failed: {Shown.Of(answer.Error ?? "no keys")}");
        return new IssuerFacts(answer.TokenEndpoint, answer.MtlsEndpointAliases?.TokenEndpoint, IssuerFacts.SigningKeys(answer.KeySet.RawData!));
    }
}
