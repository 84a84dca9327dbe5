"""The company's own controls (controls.yaml): who answers for them, and what the tests that look at each found."""
