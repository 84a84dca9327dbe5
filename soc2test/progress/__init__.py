"""What a long run tells of itself while it reads and evaluates."""
