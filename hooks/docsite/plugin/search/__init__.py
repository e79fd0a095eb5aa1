"""The search: what a language's pages say, cut into sections, as an index that a browser reads piece by piece."""
