"""A1, availability: backups that succeed, stores that survive."""
