using Connector.Testing;

namespace Connector.ControlPlane.Tests;

public sealed class StateTableTests
{
    [Fact]
    public void Every_role_state_and_message_of_a_negotiation_does_what_the_golden_file_says() =>
        Assert.Equal(Golden.Expect("negotiation.txt", StateTables.Negotiations()), StateTables.Negotiations());

    [Fact]
    public void Every_role_state_and_message_of_a_transfer_does_what_the_golden_file_says() =>
        Assert.Equal(Golden.Expect("transfer.txt", StateTables.Transfers()), StateTables.Transfers());
}
