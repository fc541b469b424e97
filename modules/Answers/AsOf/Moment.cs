namespace Slipway.Answers.AsOf;

/// <summary>A moment that nothing later can change.</summary>
/// <param name="Position">Facts up to here are taken into account; 0 = none had been told.</param>
/// <param name="AtMs">What ages and expiries are relative to.</param>
internal readonly record struct Moment(long Position, long AtMs);
