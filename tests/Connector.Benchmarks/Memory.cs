using Connector.EndToEnd.Tests;
using Connector.Management.V1;

namespace Connector.Benchmarks;

/// <summary>What a daemon says of its memory.</summary>
internal static class Memory
{
    public static async Task<double> ResidentMiBAsync(Company company) =>
        (await new StatusService.StatusServiceClient(company.Calls).GetAsync(new GetStatusRequest(), company.Token)).ResidentBytes / 1048576.0;
}
