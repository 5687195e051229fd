using System.Globalization;
using Connector.Grpc.Benchmarks;

// What the room costs beside bare gRPC, both over TLS, client and server in one process:
//   dotnet run -c Release --project tests/Connector.Grpc.Benchmarks -- calls [SECONDS]
//   dotnet run -c Release --project tests/Connector.Grpc.Benchmarks -- pull [MEBIBYTES]
var number = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 0;
switch (args.FirstOrDefault())
{
    case "calls":
        await CallBenchmark.RunAsync(TimeSpan.FromSeconds(number == 0 ? 5 : number));
        return 0;
    case "pull":
        await PullBenchmark.RunAsync((number == 0 ? 1024 : number) * 1024L * 1024);
        return 0;
    default:
        Console.Error.WriteLine("say calls [SECONDS] or pull [MEBIBYTES]");
        return 2;
}
