"""The parts of moderation: what each looks for in a text. `domain.moderation` puts them together."""
