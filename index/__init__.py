"""From a folder of articles to a Whoosh index: file → article → tokens → index."""
