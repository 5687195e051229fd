using Connector.Storage.Benchmarks;

// Durable commits per second, on the disk of a folder: dotnet run -c Release --project tests/Connector.Storage.Benchmarks [FOLDER]
await StorageBenchmark.RunAsync(args.Length > 0 ? args[0] : Path.GetTempPath());
