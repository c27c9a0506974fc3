"""The outside world behind Protocols: clocks, photos, phones, translation, mail; no product rule."""
