"""Links: found in a page's Markdown, resolved to a page of the guide or upstream, or reported."""
