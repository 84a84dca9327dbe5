"""What is kept: a module a register, with the function that reads one of its entries.

A key that may be left out for "none" says so in its schema and is read so here; any other absent key is unknown.
A further register is a module here, and a schema of its name in `schemas/`.
"""
