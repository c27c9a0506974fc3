"""The typed, closed shapes that cross the edge: socket frames, HTTP bodies, codes."""
