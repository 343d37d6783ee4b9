"""The codec: how a segment is kept, in the format of Whoosh's third codec. Both ends of it.

`terms` is the dictionary of terms, `blocks` their postings, `positions` where a word stands,
`columns` what is kept by document; `opened` is all of it for a search. What Whoosh does not promise
to keep as it is (its private names, and the layout of its files) is known in this room only, and
its private names are all in `private`: `tests/unit/test_whoosh_private.py` compares them with the
Whoosh that is installed.
"""
