using System.Globalization;
using System.Runtime.InteropServices;
using Connector.Storage;
using Connector.Storage.Committer;
using Connector.Testing;

// Commits without end in a process of its own, so that a test can kill it. Says a line for each commit once it is acknowledged:
//   Committer DATABASE FIRST-ID COMMITTERS

// A limit on the size of files is to fail like a full disk, not to end the process (SIGXFSZ).
using var limit = PosixSignalRegistration.Create((PosixSignal)25, signal => signal.Cancel = true);
var store = SqliteStore.Open(args[0], new NamedSignatures(Committing.Participant));
var committing = new Committing(store, long.Parse(args[1], CultureInfo.InvariantCulture));
Console.WriteLine("open");
await Task.WhenAll(Enumerable.Range(0, int.Parse(args[2], CultureInfo.InvariantCulture)).Select(_ => Task.Run(committing.RunAsync)));
