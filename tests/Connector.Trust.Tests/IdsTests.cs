using Microsoft.Extensions.Time.Testing;

namespace Connector.Trust.Tests;

public sealed class IdsTests
{
    [Fact]
    public void Ids_are_uuids_of_version_7_that_sort_by_time()
    {
        var time = new FakeTimeProvider(Party.Start);
        var ids = new Ids(time);
        var first = ids.NewId();
        time.Advance(TimeSpan.FromMilliseconds(1));
        var second = ids.NewId();
        Assert.StartsWith("urn:uuid:", first, StringComparison.Ordinal);
        Assert.Equal(7, Guid.ParseExact(first["urn:uuid:".Length..], "D").Version);
        Assert.True(string.CompareOrdinal(first, second) < 0);
    }

    [Fact]
    public void Secrets_have_256_bits_and_differ()
    {
        var ids = new Ids(TimeProvider.System);
        var secrets = Enumerable.Range(0, 1000).Select(_ => ids.NewSecret()).ToHashSet();
        Assert.Equal(1000, secrets.Count);
        Assert.All(secrets, static secret => Assert.Matches("^[A-Za-z0-9_-]{43}$", secret));
    }
}
