using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Publications;

namespace Connector.Dsp.Sources;

/// <summary>What a source answered at one moment, whole, in a file of this connector's own.</summary>
/// <param name="File">Where the bytes are.</param>
/// <param name="ETag">The answer's entity tag, or null.</param>
/// <param name="LastModified">Its time of change, as it was written; or null.</param>
internal sealed record Snapshot(DataSource File, Manifest Manifest, string? ETag, string? LastModified, DateTimeOffset TakenAt);
