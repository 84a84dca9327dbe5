"""Where sensitive data lives, and how it is exposed: stores, their labels and what scanners found, put together."""
