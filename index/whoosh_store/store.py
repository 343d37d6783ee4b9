from pathlib import Path
from .folder import read_roots


class WhooshStore:
    def __init__(self, folder):
        self.folder = folder

    def roots(self):
        return read_roots(self.folder)

    def __fspath__(self):
        return str(self.folder)
