"""Finding: where a file of an exports folder lies, which call it answers, and what would have to lie there."""
