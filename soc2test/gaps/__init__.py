"""What lies between a programme and its criteria: open steps, their order, and what each makes testable."""
