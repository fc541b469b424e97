using Slipway.Registry.Contracts;
using Slipway.Registry.Versions;

namespace Slipway.Registry.Imports;

/// <summary>A version that may be taken over.</summary>
/// <param name="Given">As it is stored: without its stage when that was refused.</param>
/// <param name="Evidence">What is known here of its files.</param>
/// <param name="Unstaged">Why it may not be in its stage; null = it may.</param>
internal sealed record ReadyVersion(ImportedVersion Given, Evidence Evidence, string? Unstaged);
