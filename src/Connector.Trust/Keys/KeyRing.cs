using System.Collections.Immutable;
using Connector.ControlPlane.Participants;
using Microsoft.Extensions.Logging;

namespace Connector.Trust.Keys;

/// <summary>
/// This connector's own signing keys, from a <see cref="KeyFolder"/>. Changes in the folder are taken up within seconds without a
/// restart; a folder that has gone wrong is logged and the keys in hand stay in use.
/// </summary>
public sealed class KeyRing : IPublicKeys
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly string _folder;
    private readonly ILogger<KeyRing> _log;
    private readonly FileWatch _watch;
    private ImmutableArray<SigningKey> _keys;

    /// <exception cref="TrustException">No key, or a key file that cannot be used.</exception>
    public KeyRing(string participantId, string folder, TimeProvider time, ILogger<KeyRing> log)
    {
        ParticipantId = participantId;
        _folder = folder;
        _log = log;
        _watch = new FileWatch(() => KeyFolder.Files(folder), time, Period);
        _keys = Load();
    }

    /// <summary>The DID whose keys these are.</summary>
    public string ParticipantId { get; }

    /// <summary>The key that signs: the newest.</summary>
    public SigningKey Current => All[^1];

    /// <summary>All keys, oldest first.</summary>
    public ImmutableArray<SigningKey> All
    {
        get
        {
            if (_watch.Changed())
                Reload();
            return _keys;
        }
    }

    /// <summary>The public keys as JWK texts, newest first, as a <c>Peer</c> document or a DID document lists them.</summary>
    public ImmutableArray<string> PublicJwks => [.. All.Reverse().Select(static key => Jwk.Write(key.Public, key.Id))];

    /// <summary>The public keys as a JWK set (RFC 7517 §5), as an OAuth issuer is given them.</summary>
    public string PublicKeySet => $$"""{"keys":[{{string.Join(',', PublicJwks)}}]}""";

    private void Reload()
    {
        try
        {
            _keys = Load();
            Log.KeysLoaded(_log, _keys.Length, _keys[^1].Id);
        }
        catch (TrustException fault)
        {
            Log.KeysNotReloaded(_log, fault.Message);
        }
    }

    private ImmutableArray<SigningKey> Load()
    {
        var files = KeyFolder.Files(_folder);
        if (files.Count is 0 or > KeyFolder.MaximumKeys)
            throw new TrustException($"{_folder}: expected 1 to {KeyFolder.MaximumKeys} signing keys (signing-0001.pem …), found {files.Count}; `connector init` makes the first");
        return [.. files.Select(Load)];
    }

    private SigningKey Load(string file)
    {
        try
        {
            return SigningKey.FromPem(SecretFile.Read(file), ParticipantId);
        }
        catch (FormatException fault)
        {
            throw new TrustException($"{file}: {fault.Message}", fault);
        }
    }
}
