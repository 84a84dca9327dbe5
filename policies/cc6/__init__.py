"""CC6, logical and physical access: accounts, keys, leavers, stores, networks, devices."""
