using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Connector.Dsp;
using Connector.Dsp.JsonLd;
using Connector.Dsp.Wire;

// Cost of reading a message as JSON-LD, on one thread: dotnet run -c Release --project tests/Connector.Dsp.Benchmarks [COUNT]
var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 20_000;
string[] newer = ["https://w3id.org/dspace/2025/1/context.jsonld"];

string[] messages =
[
    "2025-1/negotiation/example/contract-request-message.json",
    "2025-1/catalog/example/catalog.json",
    "2024-1/negotiation/message/example/contract-request-message.json",
];

Plain(count);
Plain(count);

// Twice: the first round lets the compiler finish its work.
foreach (var message in messages.Concat(messages))
    Measure(message, count);

// The path of a message in the standard's own shape: read, checked, made a message.
void Plain(int times)
{
    ReadOnlyMemory<byte> bytes = File.ReadAllBytes(Path.Combine(Fixtures(), "dsp-2025-1/negotiation/example/contract-request-message.json"));
    var reader = new MessageReader<ContractRequestDocument, string>("ContractRequestMessage", DspJson.Strict.ContractRequestDocument, d => OfferWire.Read(d.Offer).Policy);
    var allocated = GC.GetAllocatedBytesForCurrentThread();
    var watch = Stopwatch.StartNew();
    for (var i = 0; i < times; i++)
        reader.Read(bytes, DspVersion.V2025);
    var elapsed = watch.Elapsed;
    allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
    Console.WriteLine($"{"plain JSON contract-request-message.json",-72}{times / elapsed.TotalSeconds,8:F0} /s {elapsed.TotalMicroseconds / times,8:F1} us {allocated / times,8} B");
}

void Measure(string name, int times)
{
    var bytes = File.ReadAllBytes(Path.Combine(Fixtures(), "dsp-" + name));
    var older = name.StartsWith("2024", StringComparison.Ordinal);
    var allocated = GC.GetAllocatedBytesForCurrentThread();
    var watch = Stopwatch.StartNew();
    for (var i = 0; i < times; i++)
        Once();
    var elapsed = watch.Elapsed;
    allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
    Console.WriteLine($"{(older ? "parse, expand, rename, compact " : "parse, expand, compact ") + Path.GetFileName(name),-72}{times / elapsed.TotalSeconds,8:F0} /s {elapsed.TotalMicroseconds / times,8:F1} us {allocated / times,8} B");

    void Once()
    {
        using var document = JsonDocument.Parse(bytes);
        var expanded = JsonLdExpansion.Expand(document.RootElement);
        if (older)
            expanded = JsonLdNames.Rename(expanded, JsonLdNames.Dspace2024, JsonLdNames.Dspace2025);
        JsonLdCompaction.Compact(expanded, newer);
    }
}

static string Fixtures([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "..", "fixtures");
