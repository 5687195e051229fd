using System.Buffers.Text;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Connector.Trust.Keys;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Connector.Trust.Tests.Keys;

[UnsupportedOSPlatform("windows")]
public sealed class KeyRingTests : IDisposable
{
    private const string Id = "did:web:cells.example";

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Party.Start);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_new_key_file_is_its_owners_alone()
    {
        var file = KeyFolder.Create(_folder["keys"]);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder["keys"]));
        Assert.StartsWith("-----BEGIN PRIVATE KEY-----", File.ReadAllText(file), StringComparison.Ordinal);
        Assert.Equal([file], Directory.GetFiles(_folder["keys"]));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_key_file_that_others_can_open_is_refused_with_the_command_that_mends_it(UnixFileMode open)
    {
        var file = KeyFolder.Create(_folder["keys"]);
        File.SetUnixFileMode(file, File.GetUnixFileMode(file) | open);
        var fault = Assert.Throws<TrustException>(Ring);
        Assert.Contains($"chmod 600 {file}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Existing_keys_are_never_overwritten()
    {
        KeyFolder.Create(_folder["keys"]);
        Assert.Throws<TrustException>(() => KeyFolder.Create(_folder["keys"]));
        Assert.Single(KeyFolder.Files(_folder["keys"]));
    }

    [Fact]
    public void Without_a_key_the_fault_names_the_command_that_makes_one() =>
        Assert.Contains("connector init", Assert.Throws<TrustException>(Ring).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("hello")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")]
    public void A_file_that_is_no_key_is_named(string content)
    {
        Directory.CreateDirectory(_folder["keys"]);
        SecretFile.Write(Path.Combine(_folder["keys"], "signing-0001.pem"), content);
        Assert.Contains("signing-0001.pem", Assert.Throws<TrustException>(Ring).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_on_another_curve_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Directory.CreateDirectory(_folder["keys"]);
        SecretFile.Write(Path.Combine(_folder["keys"], "signing-0001.pem"), key.ExportPkcs8PrivateKeyPem());
        Assert.Contains("P-256", Assert.Throws<TrustException>(Ring).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rotated_key_signs_without_a_restart_and_the_former_stays_published()
    {
        KeyFolder.Create(_folder["keys"]);
        var ring = Ring();
        var first = ring.Current.Id;
        KeyFolder.Rotate(_folder["keys"]);
        Assert.Equal(first, ring.Current.Id);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.NotEqual(first, ring.Current.Id);
        Assert.Equal([first, ring.Current.Id], ring.All.Select(static key => key.Id));
        Assert.Equal([ring.Current.Id, first], ring.PublicJwks.Select(static jwk => JsonDocument.Parse(jwk).RootElement.GetProperty("kid").GetString()));
    }

    [Fact]
    public void A_folder_that_goes_wrong_leaves_the_keys_in_use()
    {
        var file = KeyFolder.Create(_folder["keys"]);
        var ring = Ring();
        var first = ring.Current.Id;
        File.WriteAllText(file, "overwritten by mistake");
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(first, ring.Current.Id);
        File.Delete(file);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(first, ring.Current.Id);
        SecretFile.Write(file, SigningKey.NewPem());
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.NotEqual(first, ring.Current.Id);
    }

    [Fact]
    public void A_mounted_secret_whose_folder_is_switched_by_a_link_is_taken_up()
    {
        KeyFolder.Create(_folder["first"]);
        KeyFolder.Create(_folder["second"]);
        Directory.CreateDirectory(_folder["keys"]);
        var data = Path.Combine(_folder["keys"], "..data");
        Directory.CreateSymbolicLink(data, _folder["first"]);
        File.CreateSymbolicLink(Path.Combine(_folder["keys"], "signing-0001.pem"), Path.Combine("..data", "signing-0001.pem"));
        var ring = Ring();
        var first = ring.Current.Id;

        File.Delete(data);
        Directory.CreateSymbolicLink(data, _folder["second"]);
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.NotEqual(first, ring.Current.Id);
    }

    [Fact]
    public void A_key_that_was_open_to_others_is_taken_up_once_the_command_that_mends_it_was_run()
    {
        KeyFolder.Create(_folder["keys"]);
        var ring = Ring();
        var first = ring.Current.Id;
        var second = KeyFolder.Rotate(_folder["keys"]);
        File.SetUnixFileMode(second, File.GetUnixFileMode(second) | UnixFileMode.OtherRead);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(first, ring.Current.Id);

        File.SetUnixFileMode(second, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.NotEqual(first, ring.Current.Id);
    }

    [Fact]
    public void A_secret_for_a_folder_that_is_not_there_names_the_file() =>
        Assert.Contains(_folder["keys/token"], Assert.Throws<TrustException>(() => SecretFile.Write(_folder["keys/token"], "secret")).Message, StringComparison.Ordinal);

    [Fact]
    public void The_key_id_is_the_DID_with_the_thumbprint_of_RFC_7638()
    {
        KeyFolder.Create(_folder["keys"]);
        var ring = Ring();
        var jwk = JsonDocument.Parse(ring.PublicJwks[0]).RootElement;
        var members = $$"""{"crv":"P-256","kty":"EC","x":"{{jwk.GetProperty("x").GetString()}}","y":"{{jwk.GetProperty("y").GetString()}}"}""";
        Assert.Equal($"{Id}#{Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(members)))}", ring.Current.Id);
        Assert.False(jwk.TryGetProperty("d", out _));
        Assert.Equal(1, JsonDocument.Parse(ring.PublicKeySet).RootElement.GetProperty("keys").GetArrayLength());
    }

    [Theory]
    [InlineData("[]", "object")]
    [InlineData("{", "JSON")]
    [InlineData("""{"kty":"\ud800"}""", "JSON")]
    [InlineData("""{"kty":"RSA","n":"AQAB","e":"AQAB"}""", "kty")]
    [InlineData("""{"kty":"EC","crv":"P-384","x":"AA","y":"AA"}""", "crv")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}""", "x:")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"!!!!","y":"AA"}""", "x:")]
    [InlineData("""{"kty":"EC","crv":"P-256","y":"AA"}""", "x:")]
    [InlineData("""{"kty":"EC","crv":"P-256","use":"enc","x":"AA","y":"AA"}""", "use")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","y":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE"}""", "curve")]
    public void A_JWK_that_cannot_be_used_names_the_member(string jwk, string told) =>
        Assert.Contains(told, Assert.Throws<FormatException>(() => Jwk.Read(jwk)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_private_JWK_is_refused_loudly()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var p = key.ExportParameters(true);
        var jwk = $$"""{"kty":"EC","crv":"P-256","x":"{{Base64Url.EncodeToString(p.Q.X)}}","y":"{{Base64Url.EncodeToString(p.Q.Y)}}","d":"{{Base64Url.EncodeToString(p.D)}}"}""";
        Assert.Contains("private", Assert.Throws<FormatException>(() => Jwk.Read(jwk)).Message, StringComparison.Ordinal);
    }

    private KeyRing Ring() => new(Id, _folder["keys"], _time, NullLogger<KeyRing>.Instance);
}
