"""CC4, monitoring: that controls are looked at, and that what was found is mended."""
