using System.Text.Json;
using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Connector.Dsp.Endpoints;
using Connector.Dsp.Sources;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Connector.Dsp.Data;

/// <summary>
/// The public data endpoint: <c>GET</c> and <c>HEAD</c> of a started pull, and of a file of it. The transfer's access token alone opens it, so that any
/// HTTP client can use it, and every check of the agreement is made as for a peer: before the first byte and at each chunk.
/// </summary>
internal sealed class DataEndpoints(ExchangeService exchanges, ProxyAnswer proxy, ILogger<DataEndpoints> logger)
{
    private static readonly Refusal s_noToken = new(RefusalKind.Unauthenticated, "token-missing", "the call has no access token", "Authorization", "send the token of the transfer's data address as Authorization: Bearer <token>");

    public async Task GetAsync(HttpContext context, string providerPid)
    {
        if (BearerToken.Of(context.Request) is not { } token)
        {
            await RefuseAsync(context, providerPid, s_noToken);
            return;
        }

        if (!(await exchanges.OpenAsync(providerPid, token, context.RequestAborted)).Try(out var flow, out var refusal))
        {
            await RefuseAsync(context, providerPid, refusal);
            return;
        }

        using (flow)
        using (var until = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, flow.Cancelled))
        {
            try
            {
                await AnswerAsync(context, flow, providerPid, (string?)context.GetRouteValue("file"), until.Token);
            }
            catch (ExchangeBrokenException e)
            {
                await CutAsync(context, providerPid, e.Refusal);
            }
            catch (OperationCanceledException) when (flow.CutBy is { } reason)
            {
                await CutAsync(context, providerPid, reason);
            }
        }
    }

    private async Task AnswerAsync(HttpContext context, Flow flow, string providerPid, string? file, CancellationToken cancel)
    {
        if (flow.Source.Http is { } source)
        {
            if (await proxy.WriteAsync(context, flow, source, file, cancel) is { } unanswered)
            {
                await RefuseAsync(context, providerPid, unanswered);
            }

            return;
        }

        if ((await flow.DescribeAsync(cancel)).Refusal is { } undescribed)
        {
            await RefuseAsync(context, providerPid, undescribed);
            return;
        }

        if (file is null && context.Request.Query.ContainsKey("manifest"))
        {
            context.Response.ContentType = ManifestWire.ContentType;
            context.Response.Headers.CacheControl = "no-store";
            if (!HttpMethods.IsHead(context.Request.Method))
            {
                await JsonSerializer.SerializeAsync(context.Response.Body, ManifestWire.Write(flow.Manifest), DataJson.Default.ManifestDocument, cancel);
            }

            return;
        }

        if (Find(flow.Manifest, file).Try(out var index, out var refusal))
        {
            await FileAnswer.WriteAsync(context, flow, index, cancel);
            return;
        }

        await RefuseAsync(context, providerPid, refusal);
    }

    // Paths are compared with those of the manifest and with nothing else: none leads out of the dataset.
    private static Result<int> Find(Manifest manifest, string? file)
    {
        if (string.IsNullOrEmpty(file))
        {
            return manifest.Files.Length == 1
                ? 0
                : Refusal.Malformed("path", $"is missing: the dataset is a folder of {manifest.Files.Length} files", "append the path of a file, or ask for ?manifest to learn them");
        }

        for (var i = 0; i < manifest.Files.Length; i++)
        {
            if (manifest.Files[i].Path == file)
            {
                return i;
            }
        }

        return new Refusal(RefusalKind.NotFound, "file-not-found", "the dataset has no such file", "path", "ask for ?manifest to learn its files");
    }

    private async Task CutAsync(HttpContext context, string providerPid, Refusal refusal)
    {
        if (!context.Response.HasStarted)
        {
            await RefuseAsync(context, providerPid, refusal);
            return;
        }

        // The length was announced: only a broken connection tells the reader that it has not all.
        Log.DataCut(logger, providerPid, DataGate.Remote(context), refusal.Code, refusal.Message);
        context.Abort();
    }

    private async Task RefuseAsync(HttpContext context, string providerPid, Refusal refusal)
    {
        Log.DataRefused(logger, context.Request.Method, providerPid.ReplaceLineEndings(" "), DataGate.Remote(context), refusal.Code, refusal.Message.ReplaceLineEndings(" "));
        await DataRefusalToHttp.WriteAsync(context, refusal);
    }
}
