using Connector.ControlPlane;
using Connector.ControlPlane.Participants;
using Connector.Dsp.Wire;
using Microsoft.AspNetCore.Http;

namespace Connector.Dsp.Endpoints;

/// <summary>One call of an authenticated peer.</summary>
internal sealed class DspCall(HttpContext http, Peer caller, DspVersion version, int maxBytes)
{
    public HttpContext Http => http;

    public Peer Caller => caller;

    public DspVersion Version => version;

    public CancellationToken Cancel => http.RequestAborted;

    /// <summary>The pids that the call named so far, for the body of an error.</summary>
    public string? ProviderPid { get; private set; }

    public string? ConsumerPid { get; private set; }

    /// <summary>The pid in the path.</summary>
    public string Pid => WireChecks.Id(http.Request.RouteValues["pid"] as string, "pid");

    /// <summary>Reads the body as one message.</summary>
    public async ValueTask<TMessage> ReadAsync<TDocument, TMessage>(MessageReader<TDocument, TMessage> reader, CancellationToken cancel)
        where TDocument : DspDocument
    {
        var body = await Body.ReadAsync(http.Request, maxBytes, cancel);
        (ProviderPid, ConsumerPid) = Sniff.Pids(body.Span);
        return reader.Read(body, version);
    }

    /// <summary>Notes the pid that only the path names; whose it is, is not known yet.</summary>
    public void NamedByPath() => (ProviderPid, ConsumerPid) = (Pid, Pid);

    /// <summary>The pid in the path must be one that the message names: the receiver's own, where only one side receives such messages.</summary>
    public void MustAddress(Role? receiver, string providerPid, string consumerPid)
    {
        var (field, named) = receiver == Role.Consumer ? ("consumerPid", consumerPid) : ("providerPid", providerPid);
        if (Pid != named && (receiver is not null || Pid != consumerPid))
        {
            throw new MalformedException(field, $"is '{named}', and the path names '{Pid}'", "address the message to the process that it is about");
        }
    }
}
