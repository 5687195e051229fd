using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Effects;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;

namespace Connector.Storage;

/// <summary>How records are written into their <c>body</c> columns: UTF-8 JSON, enums by name, kinds of effect and message by a tag of their own.</summary>
internal static class StorageJson
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        TypeInfoResolver = StorageJsonContext.Default.WithAddedModifier(Tag),
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,

        // What a record computes is not stored, and nothing here is ever put into a web page.
        IgnoreReadOnlyProperties = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    private static readonly Dictionary<Type, Type[]> s_kinds = new()
    {
        [typeof(EffectBody)] = [typeof(SendNegotiation), typeof(SendTransfer), typeof(SendAgreementEnd), typeof(ReviewAgreements), typeof(Fetch), typeof(Push)],
        [typeof(NegotiationMessage)] =
        [
            typeof(ContractRequestMessage), typeof(ContractOfferMessage), typeof(ContractAgreementMessage), typeof(ContractAgreementVerificationMessage),
            typeof(ContractNegotiationEventMessage), typeof(ContractNegotiationTerminationMessage),
        ],
        [typeof(TransferMessage)] =
        [
            typeof(TransferRequestMessage), typeof(TransferStartMessage), typeof(TransferSuspensionMessage), typeof(TransferCompletionMessage), typeof(TransferTerminationMessage),
        ],
    };

    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, (JsonTypeInfo<T>)s_options.GetTypeInfo(typeof(T)));

    /// <exception cref="StoreException">The body was changed by somebody else.</exception>
    public static T Read<T>(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, (JsonTypeInfo<T>)s_options.GetTypeInfo(typeof(T))) ?? throw new JsonException("it is null");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new StoreException($"a stored {typeof(T).Name} cannot be read ({e.Message}); restore the database from a backup", e);
        }
    }

    private static void Tag(JsonTypeInfo info)
    {
        if (s_kinds.TryGetValue(info.Type, out var kinds))
        {
            info.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "$kind" };
            foreach (var kind in kinds)
            {
                info.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(kind, kind.Name));
            }
        }
    }
}

[JsonSerializable(typeof(Negotiation))]
[JsonSerializable(typeof(Agreement))]
[JsonSerializable(typeof(Transfer))]
[JsonSerializable(typeof(RefusedTransfer))]
[JsonSerializable(typeof(Effect))]
[JsonSerializable(typeof(SendNegotiation))]
[JsonSerializable(typeof(SendTransfer))]
[JsonSerializable(typeof(SendAgreementEnd))]
[JsonSerializable(typeof(ReviewAgreements))]
[JsonSerializable(typeof(Fetch))]
[JsonSerializable(typeof(Push))]
[JsonSerializable(typeof(ContractRequestMessage))]
[JsonSerializable(typeof(ContractOfferMessage))]
[JsonSerializable(typeof(ContractAgreementMessage))]
[JsonSerializable(typeof(ContractAgreementVerificationMessage))]
[JsonSerializable(typeof(ContractNegotiationEventMessage))]
[JsonSerializable(typeof(ContractNegotiationTerminationMessage))]
[JsonSerializable(typeof(TransferRequestMessage))]
[JsonSerializable(typeof(TransferStartMessage))]
[JsonSerializable(typeof(TransferSuspensionMessage))]
[JsonSerializable(typeof(TransferCompletionMessage))]
[JsonSerializable(typeof(TransferTerminationMessage))]
internal sealed partial class StorageJsonContext : JsonSerializerContext;
