using Microsoft.AspNetCore.Http;

namespace Connector.Dsp.Endpoints;

/// <summary>What a call is answered.</summary>
/// <param name="Body">JSON in the 2025-1 shape; the version of the call decides how it leaves.</param>
internal readonly record struct Answer(byte[] Body, int Status = StatusCodes.Status200OK);
