"""The local engine: answers parsed queries from a Whoosh index in a folder."""
