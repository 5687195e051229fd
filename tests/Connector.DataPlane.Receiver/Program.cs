using Connector.ControlPlane.Publications;
using Connector.DataPlane.Receiver;
using Connector.DataPlane.Sinks;
using Connector.DataPlane.Sources;

// Receives a source of this machine in a process of its own, so that a test can kill it. Says a line at each step:
//   Receiver KIND SOURCE CACHE TARGET TRANSFER-ID
using var sources = new DataSources(args[2], TimeProvider.System);
var stream = new Direct(sources, new DataSource(args[0], args[1]));
var result = await new DataSinks().ReceiveAsync(args[4], args[3], stream, new Spoken(), CancellationToken.None);
Console.WriteLine(result.Refusal?.ToString() ?? "done");
return result.Refused ? 1 : 0;
