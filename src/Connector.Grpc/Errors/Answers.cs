using Connector.ControlPlane;

namespace Connector.Grpc.Errors;

/// <summary>Turns results into answers: the value, or the refusal as a status.</summary>
internal static class Answers
{
    public static async Task<TWire> AnswerAsync<T, TWire>(this ValueTask<Result<T>> result, Func<T, TWire> wire) => (await result).OrThrow(wire);

    public static TWire OrThrow<T, TWire>(this Result<T> result, Func<T, TWire> wire) => result.Try(out var value, out var refusal) ? wire(value) : throw refusal.ToRpcException();

    public static T OrThrow<T>(this Result<T> result) => result.Try(out var value, out var refusal) ? value : throw refusal.ToRpcException();
}
