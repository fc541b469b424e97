namespace Slipway.Identity.Contracts;

/// <summary>A person who may sign in.</summary>
/// <param name="Name">What they sign in with; unique on this server and never given to another.</param>
/// <param name="HasPassword">False until the person has used an invitation's link.</param>
/// <param name="DeactivatedMs">Since when they may no longer do anything; absent while active.</param>
public sealed record PersonView(string Id, string Name, string DisplayName, bool HasPassword, long CreatedMs, long? DeactivatedMs = null);

/// <param name="Name">1 to 64 characters: lower-case letters, digits, and <c>. _ - @</c> inside.</param>
/// <param name="DisplayName">As other people read it, 1 to 250 characters.</param>
public sealed record CreatePersonRequest(string Name, string DisplayName);

/// <summary>A one-time link with which a person sets their password.</summary>
/// <param name="Url">To be handed to that person alone; it works once.</param>
public sealed record InvitationView(string Url, long ExpiresMs);

public sealed record InvitedPersonView(PersonView Person, InvitationView Invitation);
