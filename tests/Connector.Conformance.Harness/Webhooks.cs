using System.Text.Json;
using Connector.Management.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Connector.Conformance.Harness;

/// <summary>The two webhooks by which the suite has the connector begin as a consumer.</summary>
internal static class Webhooks
{
    private const string FreeUse = """{"permission":[{"action":"use"}]}""";

    public static async Task<WebApplication> StartAsync(CallInvoker calls, Func<Metadata> token, int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, port));
        var app = builder.Build();
        app.Run(http => http.Request.Path.Value switch
        {
            "/negotiations/requests" => AnswerAsync(http, body => NegotiateAsync(body, calls, token())),
            "/transfers/requests" => AnswerAsync(http, body => TransferAsync(body, calls, token())),
            _ => NotThere(http),
        });
        await app.StartAsync();
        return app;
    }

    private static async Task NegotiateAsync(JsonElement body, CallInvoker calls, Metadata token) => await new NegotiationService.NegotiationServiceClient(calls).StartAsync(
        new StartNegotiationRequest
        {
            Peer = Text(body, "providerId"),
            Offer = Text(body, "offerId"),
            Dataset = Text(body, "datasetId"),
            Terms = FreeUse,
            Acceptance = "stepwise",
            Binding = body.TryGetProperty("version", out var version) && version.GetString() == "2024-1" ? "dsp-2024-1" : "dsp",
            CallbackAddress = Text(body, "connectorAddress"),
        },
        token);

    private static async Task TransferAsync(JsonElement body, CallInvoker calls, Metadata token) => await new TransferService.TransferServiceClient(calls).StartAsync(
        new StartTransferRequest
        {
            AgreementId = Text(body, "agreementId"),
            Format = Text(body, "format"),
            Acceptance = "stepwise",
            CallbackAddress = Text(body, "connectorAddress"),
        },
        token);

    private static Task NotThere(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static async Task AnswerAsync(HttpContext http, Func<JsonElement, Task> order)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body, default, http.RequestAborted);
            await order(body.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or RpcException)
        {
            await Console.Error.WriteLineAsync($"{http.Request.Path}: {e.Message}");
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
    }

    private static string Text(JsonElement body, string name) => body.GetProperty(name).GetString() ?? "";
}
