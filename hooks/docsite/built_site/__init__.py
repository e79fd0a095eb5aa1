"""The built tree, as browsers and servers see it: its files, links, ids and languages."""
