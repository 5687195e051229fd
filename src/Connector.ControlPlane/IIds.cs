namespace Connector.ControlPlane;

/// <summary>The only source of new identifiers and secrets, so that a run can be repeated in tests and simulation.</summary>
public interface IIds
{
    /// <summary>A new globally unique id in the form <c>urn:uuid:…</c> (DSP §2: pids are IRIs).</summary>
    string NewId();

    /// <summary>A new unguessable secret: 256 bits, base64url.</summary>
    string NewSecret();
}
