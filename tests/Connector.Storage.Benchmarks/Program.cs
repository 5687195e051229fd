using System.Globalization;
using Connector.Storage.Benchmarks;

// On the disk of a folder, that of temporary files if none is named.
// Durable commits per second:          dotnet run -c Release --project tests/Connector.Storage.Benchmarks [FOLDER]
// Agreements in force, watched by time: dotnet run -c Release --project tests/Connector.Storage.Benchmarks agreements [COUNT] [FOLDER]
await (args switch
{
    ["agreements", .. var rest] => TimedAgreements.RunAsync(rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : 1_000_000, rest.Length > 1 ? rest[1] : Path.GetTempPath()),
    [var folder] => StorageBenchmark.RunAsync(folder),
    _ => StorageBenchmark.RunAsync(Path.GetTempPath()),
});
