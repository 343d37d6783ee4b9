"""Query: text → parsed query. Knows no engine."""
