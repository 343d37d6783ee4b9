"""From folders of articles to an index that can be searched.

The way of an article, each step a room:

`update` → `intake/` which files are new or have changed, and their records, shared among processes
→ `formats/` the bytes of a record → raw article
→ `extraction/` raw article → article
→ `analysis/` text → tokens
→ `whoosh_store/` articles → segments → commits; one implementation of the protocols in `store`.
"""
