"""Real Chromium before a real server: what people see and do, and what must never be seen."""
