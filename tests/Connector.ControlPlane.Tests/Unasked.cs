using System.Reflection;

namespace Connector.ControlPlane.Tests;

/// <summary>A port that must not be used: whatever is asked of it but its properties fails the test.</summary>
public class Unasked : DispatchProxy
{
    public static T Of<T>()
        where T : class => Create<T, Unasked>();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod is { IsSpecialName: true, ReturnType.IsValueType: true }
        ? Activator.CreateInstance(targetMethod.ReturnType)
        : throw new InvalidOperationException($"{targetMethod} was asked");
}
