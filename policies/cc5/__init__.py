"""CC5, control activities: written policies that are approved, current and within reach."""
