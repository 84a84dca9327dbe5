"""The inventory: what the exports tell, as populations with their gaps."""
