using System.Security.Authentication;
using Google.Rpc;
using Grpc.Core;

namespace Connector.Cli.Remote;

/// <summary>Turns the API's errors into what the person at the terminal reads: code, message, field, what to do.</summary>
internal static class RemoteFailure
{
    /// <summary>The failure behind an error of a call.</summary>
    public static Failure Of(RpcException error, ManagementAddress address) => Of(error, address.Uri.Authority);

    /// <summary>The failure behind an error of a call.</summary>
    /// <param name="error">What the call threw.</param>
    /// <param name="place">Where the connector was expected.</param>
    public static Failure Of(RpcException error, string place)
    {
        if (error.GetRpcStatus() is { Details.Count: > 0 } status)
        {
            var violation = status.GetDetail<BadRequest>()?.FieldViolations.FirstOrDefault();
            return new Failure(status.Message, status.GetDetail<Help>()?.Links.FirstOrDefault()?.Description)
            {
                Code = status.GetDetail<ErrorInfo>()?.Reason,
                Field = violation?.Field,
            };
        }

        if (IsAboutCertificate(error))
        {
            return new Failure(
                $"what answers at {place} shows another certificate than this connector's",
                "check listen.management.port and listen.peers.tls.certificate; a connector takes a new certificate up within seconds") { Code = "wrong-certificate" };
        }

        return error.StatusCode switch
        {
            StatusCode.Unavailable => new Failure(
                $"no connector answers at {place}",
                "start it with 'connector run', or name its configuration with --config; 'connector doctor' looks closer") { Code = "unreachable" },
            StatusCode.Unauthenticated => new Failure(
                $"the connector at {place} does not take this operator token",
                "check listen.management.tokenFile, and that the running connector was started with this configuration") { Code = "unauthenticated" },
            StatusCode.Unimplemented => new Failure(
                $"what answers at {place} is not a connector of this version",
                "check listen.management.port, and update the older of the two") { Code = "unimplemented" },
            _ => new Failure(error.Status.Detail) { Code = Word(error.StatusCode) },
        };
    }

    private static bool IsAboutCertificate(RpcException error)
    {
        for (var cause = error.Status.DebugException; cause is not null; cause = cause.InnerException)
        {
            if (cause is AuthenticationException)
            {
                return true;
            }
        }

        return false;
    }

    private static string Word(StatusCode code) =>
        string.Concat(code.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? $"-{char.ToLowerInvariant(c)}" : char.ToLowerInvariant(c).ToString()));
}
