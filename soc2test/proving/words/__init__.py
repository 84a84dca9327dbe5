"""What readers make of the words that vendors document, and of those that nobody does."""
