"""All pages of a site together."""
