using System.Text;
using Connector.ControlPlane.Publications;

namespace Connector.Dsp.Sources;

/// <summary>Reads the secrets that sources are shown, anew for each request, so that a replaced one serves at once.</summary>
/// <param name="readFile">Reads a file that only its owner may read; throws when it is not one.</param>
internal sealed class SourceSecrets(Func<string, string> readFile, Func<string, string?> readVariable)
{
    private const int Longest = 8 * 1024;

    /// <summary>Sets the header fields.</summary>
    /// <returns>Null once they are set; else why not, in words for the operator's log and never for a peer.</returns>
    public string? Show(HttpSource source, HttpRequestMessage request)
    {
        foreach (var credential in source.Credentials)
        {
            string secret;
            try
            {
                secret = Read(credential.Secret);
            }
            catch (Exception e)
            {
                return e.Message;
            }

            if (secret.Length is 0 or > Longest || secret.Any(c => c is < ' ' or > '~'))
            {
                return $"{credential.Secret}: holds no secret of one line of printable ASCII";
            }

            request.Headers.TryAddWithoutValidation(credential.Header, credential.Scheme switch
            {
                "Basic" => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.User}:{secret}"))}",
                { } scheme => $"{scheme} {secret}",
                null => secret,
            });
        }

        return null;
    }

    private string Read(SecretPlace place) =>
        (place.File is { } file ? readFile(file) : readVariable(place.Variable!) ?? throw new InvalidOperationException($"{place}: is not set")).Trim();
}
