namespace Slipway.Kernel;

/// <summary>What of the audit log lives outside the database.</summary>
/// <param name="KeyFile">PEM file of the ECDSA P-256 key that signs checkpoints, mode 0600; made at the first start. Replicas of one server share it.</param>
/// <param name="WitnessFolder">Folder that gets a copy of every checkpoint and public key, best on another machine's disk; null = none.</param>
public sealed record AuditOptions(string KeyFile, string? WitnessFolder);
