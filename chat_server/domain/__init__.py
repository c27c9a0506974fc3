"""The ground floor: pure rules on the standard library alone; no clock, randomness or IO."""
