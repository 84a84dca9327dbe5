"""What the code of controls, plugins and policies says of itself, read without running it."""
