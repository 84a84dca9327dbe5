"""Telling: what the exports of one call say, by themselves and by nothing but what is the same for the whole run."""
