using Connector.ControlPlane;

namespace Connector.Dsp;

/// <summary>A version of the protocol that is spoken here.</summary>
/// <param name="Name">As the version endpoint names it.</param>
/// <param name="Binding">The binding it is to the control plane.</param>
public sealed record DspVersion(string Name, Binding Binding)
{
    /// <summary>The Dataspace Protocol 2025-1.</summary>
    public static DspVersion V2025 { get; } = new("2025-1", Binding.Dsp);

    /// <summary>The Dataspace Protocol 2024-1, for peers that know no newer one.</summary>
    public static DspVersion V2024 { get; } = new("2024-1", Binding.Dsp2024);

    /// <summary>All that are spoken, newest first.</summary>
    public static IReadOnlyList<DspVersion> All { get; } = [V2025, V2024];

    /// <summary>The version that a version document means by a name, as deployed connectors write it too (<c>2024/1</c>); null for one that is not spoken here.</summary>
    public static DspVersion? Named(string? name) => name is null ? null : All.FirstOrDefault(v => v.Name == name || v.Name.Replace('-', '/') == name);

    /// <summary>Its base path.</summary>
    public string Path => "/dsp/" + Name;

    /// <summary>The version behind a binding; null for a binding that is none of this room's.</summary>
    public static DspVersion? Of(Binding binding) => All.FirstOrDefault(v => v.Binding == binding);
}
