"""CC8, change management: reviewed changes and protected branches."""
