"""Reading prose: Markdown -> units -> mentions and numbers -> one fact each -> recomputed comparisons."""
