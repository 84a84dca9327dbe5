"""Controls: test functions tagged with criteria, and the packs that hold them."""
