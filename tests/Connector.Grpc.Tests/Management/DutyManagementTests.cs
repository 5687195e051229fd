using Connector.ControlPlane;
using Connector.ControlPlane.Stores;
using Connector.Grpc.Errors;
using Connector.Grpc.Tests.Rooms;
using Connector.Policies;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using V1 = Connector.Management.V1;

namespace Connector.Grpc.Tests.Management;

/// <summary>Duties over the operator's API: shown with their state, recorded, and refused by the field at fault.</summary>
public sealed class DutyManagementTests : IAsyncLifetime
{
    private const string Consumer = "did:web:consumer.example";

    private Partners _partners = null!;

    public async ValueTask InitializeAsync()
    {
        _partners = await Partners.StartAsync();
        var due = new Duty("delete", [new AtomicConstraint(Operands.ElapsedTime, ConstraintOperator.Lteq, ["P1D"])]) { Consequences = [new Duty("inform", [])] };
        var policy = new Policies.Policy { Permissions = [new Permission("use", [], [new Duty("obtainConsent", []), due, new Duty("attribute", [])])] };
        var agreement = Sample.Agreement(Consumer, Role.Provider);
        await _partners.Provider.StoreAsync(new Change { Agreements = [agreement with { Policy = OdrlJson.ToJson(policy), ChangesAt = agreement.SignedAt.AddDays(9) }] });
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(_partners.Provider.Told.Errors);
        await _partners.DisposeAsync();
    }

    [Fact]
    public async Task Each_duty_is_shown_with_its_state_and_the_agreement_with_its_next_change()
    {
        var agreement = await Agreements.GetAsync(new V1.AgreementId { Id = Sample.AgreementId }, Operator);

        Assert.Equal(
            [
                "permit[0].then[0] obtainConsent OPEN True <obtain consent>",
                "permit[0].then[1] delete OVERDUE False <delete the data within 1 day>",
                "permit[0].then[1].otherwise[0] inform OPEN False <inform the provider>",
                "permit[0].then[2] attribute ONGOING False <name the source of the data>",
            ],
            agreement.Duties.Select(d => $"{d.Place} {d.Action} {d.State} {d.Withholds} <{d.Text}>"));
        Assert.Equal(agreement.SignedAt.ToDateTimeOffset().AddDays(1), agreement.Duties[1].DueAt.ToDateTimeOffset());
        Assert.Equal(agreement.SignedAt.ToDateTimeOffset().AddDays(9), agreement.ChangesAt.ToDateTimeOffset());
        Assert.Equal(agreement, Assert.Single((await Agreements.ListAsync(new V1.ListRequest(), Operator)).Agreements));
    }

    [Fact]
    public async Task A_recorded_duty_is_shown_with_when_it_was_done_and_recorded_and_how_that_is_known()
    {
        var done = new DateTimeOffset(2026, 11, 24, 2, 0, 0, TimeSpan.Zero).ToTimestamp();

        var recorded = await Agreements.FulfilAsync(new V1.FulfilDutyRequest { AgreementId = Sample.AgreementId, Duty = "obtainConsent", At = done, Note = "同意書114号" }, Operator);

        var duty = recorded.Duties[0];
        Assert.Equal(("FULFILLED", false, done, "同意書114号"), (duty.State, duty.Withholds, duty.FulfilledAt, duty.Note));
        Assert.True(duty.RecordedAt.ToDateTimeOffset() > done.ToDateTimeOffset());
        Assert.Equal(recorded, await Agreements.FulfilAsync(new V1.FulfilDutyRequest { AgreementId = Sample.AgreementId, Duty = "permit[0].then[0]" }, Operator));
        Assert.Equal("FULFILLED_LATE", (await Agreements.FulfilAsync(new V1.FulfilDutyRequest { AgreementId = Sample.AgreementId, Duty = "delete" }, Operator)).Duties[1].State);
    }

    public static TheoryData<string, StatusCode, V1.FulfilDutyRequest> Refused => new()
    {
        { "agreement_id", StatusCode.InvalidArgument, new() { Duty = "delete" } },
        { "duty", StatusCode.InvalidArgument, new() { AgreementId = Sample.AgreementId } },
        { "duty", StatusCode.InvalidArgument, new() { AgreementId = Sample.AgreementId, Duty = new string('x', 257) } },
        { "duty", StatusCode.NotFound, new() { AgreementId = Sample.AgreementId, Duty = "harvest" } },
        { "note", StatusCode.InvalidArgument, new() { AgreementId = Sample.AgreementId, Duty = "delete", Note = "two\nlines" } },
        { "note", StatusCode.InvalidArgument, new() { AgreementId = Sample.AgreementId, Duty = "delete", Note = new string('x', 4097) } },
        { "at", StatusCode.InvalidArgument, new() { AgreementId = Sample.AgreementId, Duty = "delete", At = new Timestamp { Seconds = long.MaxValue } } },
        { "at", StatusCode.InvalidArgument, new() { AgreementId = Sample.AgreementId, Duty = "delete", At = new Timestamp { Seconds = 253402300799 } } },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_is_wrong_with_a_record_is_named_by_its_field(string field, StatusCode status, V1.FulfilDutyRequest request)
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () => await Agreements.FulfilAsync(request, Operator));

        Assert.Equal((status, field), (error.StatusCode, error.ToRefusal().Field));
        Assert.NotNull(error.ToRefusal().Mend);
    }

    [Fact]
    public async Task Nobody_but_the_operator_records_anything()
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () => await Agreements.FulfilAsync(new V1.FulfilDutyRequest { AgreementId = Sample.AgreementId, Duty = "obtainConsent" }, Partners.Bearer(await _partners.TokenAsync())));

        Assert.Equal(StatusCode.Unauthenticated, error.StatusCode);
    }

    private static Metadata Operator => Partners.Bearer(Room.OperatorToken);

    private V1.AgreementService.AgreementServiceClient Agreements => new(_partners.Raw(_partners.Provider.ManagementAddress));
}
