"""Other frameworks: which of their requirements the criteria touch, and what the tests of these criteria found."""
