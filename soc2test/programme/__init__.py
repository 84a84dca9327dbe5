"""The programme: soc2.yaml and the folder it stands in."""
