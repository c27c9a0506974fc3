"""What can be done: each action finds its way in, decides, commits, and returns."""
