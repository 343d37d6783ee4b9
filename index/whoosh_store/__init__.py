"""The store in a folder of this machine: articles → segments → commits, in Whoosh's own format.

`store` → `lock`, `folder` → `commit` → `manifest`, `contents` → `disk`; of its articles → `segment`
(`schema`, `inversion`) → `codec/`; of many segments → `merge`; `check` reads all of it.
"""
