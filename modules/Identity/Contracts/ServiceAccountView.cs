namespace Slipway.Identity.Contracts;

/// <summary>A program that acts in its own name, by API keys only.</summary>
/// <param name="OwnerId">The person who answers for it.</param>
/// <param name="OwnerActive">False when that person was deactivated: somebody else should take it over.</param>
/// <param name="DeactivatedMs">Since when it may no longer do anything; absent while active.</param>
public sealed record ServiceAccountView(
    string Id, string Name, string DisplayName, string OwnerId, string OwnerName, bool OwnerActive, long CreatedMs, long? DeactivatedMs = null);

/// <param name="Name">As a person's name, from the same set of names.</param>
/// <param name="OwnerId">Id of an active person.</param>
public sealed record CreateServiceAccountRequest(string Name, string DisplayName, string OwnerId);
