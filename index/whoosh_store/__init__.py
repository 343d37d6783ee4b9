"""The store in a folder of this machine: articles → segments → commits, in Whoosh's own format."""
