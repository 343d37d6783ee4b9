"""From a query to results: text → parsed query → hits → snippets; and the command line."""
