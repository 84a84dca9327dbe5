"""The evidence store: exports and verdicts kept from day to day, in immutable objects and a numbered chain of records.

`objects.py` what a place must be able to do, `folder.py` and `bucket.py` the two there are, `cutting.py` and `blobs.py`
contents by their digest, `listing.py` which files a snapshot holds, `records.py` the links of the chain, `chain.py` how
one is appended, `checking.py` what is proven of all of it.
"""
