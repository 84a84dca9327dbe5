"""PI1, processing integrity: what jobs are to do, what comes in, and whether what goes out ties to it."""
