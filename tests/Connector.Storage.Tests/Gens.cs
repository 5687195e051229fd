using System.Collections.Immutable;
using Connector.ControlPlane;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Explanations;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Transfers;
using Connector.Policies;
using CsCheck;

namespace Connector.Storage.Tests;

/// <summary>Arbitrary records, with texts that break careless writers.</summary>
internal static class Gens
{
    private static readonly string[] s_pieces = ["", "a", " ", "\0", "\"", "\\", "\n", "'", "é", "電池", "😀", "</script>", "\\u0022", "\u2028", "{\"a\":[1]}", "$kind"];

    public static Gen<string> Text { get; } = Gen.Int[0, s_pieces.Length - 1].Select(i => s_pieces[i]).Array[0, 4].Select(string.Concat);

    public static Gen<string?> MaybeText { get; } = Text.Null();

    public static Gen<ImmutableArray<string>> Texts { get; } = Text.Array[0, 3].Select(ImmutableArray.Create);

    public static Gen<DateTimeOffset> Time { get; } =
        Gen.Select(Gen.Long[TimeSpan.TicksPerDay, DateTimeOffset.MaxValue.Ticks - TimeSpan.TicksPerDay], Gen.Int[-14 * 60, 14 * 60], (ticks, minutes) => new DateTimeOffset(ticks, TimeSpan.FromMinutes(minutes)));

    public static Gen<Termination> Termination { get; } = Gen.Select(Gen.Enum<Role>(), MaybeText, Texts, (by, code, reasons) => new Termination(by, code, reasons));

    public static Gen<AgreementEnd> End { get; } = Gen.Select(Time, Gen.Enum<Role>(), Text, Text, (at, by, code, reason) => new AgreementEnd(at, by, code, reason));

    public static Gen<Terms> Terms { get; } = Gen.Select(Text, Text, Text, (offer, dataset, policy) => new Terms(offer, dataset, policy));

    public static Gen<ImmutableDictionary<string, Claim>> Claims { get; } =
        Gen.Dictionary(Text, Gen.Select(Texts, Text, (values, source) => new Claim(values, source)))[0, 3].Select(ImmutableDictionary.CreateRange);

    public static Gen<StoredVerdict?> Verdict { get; } = Gen.Select(Gen.Enum<EnforcementPoint>(), Time, Text, (point, at, json) => new StoredVerdict(point, at, json)).Null();

    public static Gen<DataAddress?> Address { get; } =
        Gen.Select(Text, MaybeText, Gen.Dictionary(Text, Text)[0, 3], (type, endpoint, properties) => new DataAddress(type, endpoint, properties.ToImmutableDictionary())).Null();

    public static Gen<SignedReceipt?> Receipt { get; } = Gen.Select(Text, Text, (json, signature) => new SignedReceipt(json, signature)).Null();
}
