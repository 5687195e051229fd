namespace Connector.Conformance.Tests;

/// <summary>A peer that is not ready for a message yet, as it has not stored or not registered what it answered, gets the same message again.</summary>
public sealed class EarlyMessageTests(PatientSuite suite) : IClassFixture<PatientSuite>
{
    [Theory]
    [InlineData("ATP0101", "transfers", "^200 ^404 ^404 ^200 >request <start <termination <termination <termination =TERMINATED")]
    [InlineData("ATP0103", "transfers", "^200 ^404 ^409 ^404 ^404 ^404 ^200 ^404 >request <start <suspension <suspension <suspension <suspension <suspension <suspension <termination <termination =TERMINATED")]
    [InlineData("ACN0205", "negotiations", "^200 ^404 ^409 >request <offer <termination <termination <termination =TERMINATED")]
    [InlineData("ACN0103", "negotiations", "^404 ^200 ^409 >request <offer <offer >accepted <agreement <agreement >verification <finalized =FINALIZED")]
    public Task A_message_that_comes_too_early_comes_again_and_the_next_one_waits_for_it(string key, string subProtocol, string script) =>
        new Row(suite, key, subProtocol, weAreProvider: false).PlayAsync(script);

    [Fact]
    public Task What_opens_a_process_and_finds_nothing_is_not_sent_again() => new Row(suite, "ACNC0201", "negotiations", weAreProvider: true).PlayAsync("^404 * <request ~");
}

/// <summary>One that asks for a token, and leaves every message the time to be refused before the next step is ordered.</summary>
public sealed class PatientSuite : Suite
{
    protected override TimeSpan Pause => TimeSpan.FromSeconds(1);

    protected override string? Token => "Bearer of-good-news";
}
