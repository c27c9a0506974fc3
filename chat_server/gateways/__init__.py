"""The outside world behind Protocols: clock, photos, phones, translation, mail; no rules."""
